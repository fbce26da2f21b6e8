package io.pouchtwin.twin.engine;

import com.google.protobuf.UnsafeByteOperations;
import com.hazelcast.map.EntryProcessor;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Map.Entry;
import org.jspecify.annotations.Nullable;

/**
 * Replaces entries of the live view that are older. An engine that was stopped between its commit and its writing of
 * the view, and that lost its cells meanwhile, cannot put an old state over the new owner's.
 *
 * <p>An entry is eight bytes of offset, big-endian, then the state. Runs where the entry lies, on its backups too.
 */
final class KeepNewer implements EntryProcessor<String, byte[], Boolean> {
    private static final long serialVersionUID = 1L;

    private final HashMap<String, byte[]> entries;

    KeepNewer(Map<String, byte[]> entries) {
        this.entries = new HashMap<>(entries);
    }

    @Override
    public Boolean process(Entry<String, byte[]> entry) {
        byte[] mine = entries.get(entry.getKey());
        byte @Nullable [] present = entry.getValue();
        if (mine == null || (present != null && offsetOf(present) > offsetOf(mine))) {
            return false;
        }
        var unused = entry.setValue(mine);
        return true;
    }

    static byte[] entryOf(LiveState state) {
        byte[] entry = new byte[Long.BYTES + state.state().size()];
        ByteBuffer.wrap(entry).putLong(state.offset());
        state.state().copyTo(entry, Long.BYTES);
        return entry;
    }

    static LiveState stateOf(byte[] entry) {
        return new LiveState(
                offsetOf(entry), UnsafeByteOperations.unsafeWrap(Arrays.copyOfRange(entry, Long.BYTES, entry.length)));
    }

    private static long offsetOf(byte[] entry) {
        return ByteBuffer.wrap(entry).getLong();
    }
}
