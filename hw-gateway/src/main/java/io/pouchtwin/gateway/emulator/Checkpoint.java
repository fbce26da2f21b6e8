package io.pouchtwin.gateway.emulator;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The virtual tester's state on disk: replaced as a whole, so that a kill leaves the old or the new one. The points themselves are in files
 * beside it, which are forced to disk first and cut back to the count that the state knows when it is read.
 */
final class Checkpoint {
    private static final int MAGIC = 0x70746376;
    private static final int VERSION = 1;
    private static final String NAME = "tester.state";

    private Checkpoint() {}

    /** What is known before the channels are read. */
    record Head(Instant epoch, long testerTimeMs) {}

    static boolean exists(Path directory) {
        return Files.exists(directory.resolve(NAME));
    }

    static void write(Path directory, Head head, Map<String, TesterChannel> channels) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(MAGIC);
        out.writeInt(VERSION);
        out.writeLong(head.epoch().toEpochMilli());
        out.writeLong(head.testerTimeMs());
        out.writeInt(channels.size());
        for (var entry : channels.entrySet()) {
            entry.getValue().channel().rows().force();
            ByteArrayOutputStream state = new ByteArrayOutputStream();
            entry.getValue().channel().save(new DataOutputStream(state));
            out.writeUTF(key(entry.getKey(), entry.getValue().channel().config()));
            out.writeInt(state.size());
            state.writeTo(out);
        }
        Path fresh = directory.resolve(NAME + ".new");
        try (FileChannel file = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes.toByteArray());
            while (buffer.hasRemaining()) {
                file.write(buffer);
            }
            file.force(true);
        }
        Files.move(fresh, directory.resolve(NAME), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Reads the head alone, since channels need to exist before their state is read. */
    static Head readHead(Path directory) throws IOException {
        try (DataInputStream in = open(directory)) {
            return head(in, directory);
        }
    }

    /** The states of the channels by {@link #key}; a channel that is not among them begins anew. */
    static Map<String, byte[]> readChannels(Path directory) throws IOException {
        Map<String, byte[]> states = new HashMap<>();
        try (DataInputStream in = open(directory)) {
            head(in, directory);
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                String key = in.readUTF();
                states.put(key, in.readNBytes(in.readInt()));
            }
        }
        return states;
    }

    /** What a saved state belongs to: the channel with this cell on this programme. */
    static String key(String channel, VirtualCellConfig cell) {
        return channel + "/" + cell.design() + "/" + cell.seed() + "/" + cell.barcode() + "/"
                + cell.programme().toString().hashCode();
    }

    private static DataInputStream open(Path directory) throws IOException {
        return new DataInputStream(new BufferedInputStream(Files.newInputStream(directory.resolve(NAME))));
    }

    private static Head head(DataInputStream in, Path directory) throws IOException {
        if (in.readInt() != MAGIC || in.readInt() != VERSION) {
            throw new IOException("the virtual tester's state in " + directory
                    + " is of another format; use another directory, or delete this one to begin anew");
        }
        return new Head(Instant.ofEpochMilli(in.readLong()), in.readLong());
    }
}
