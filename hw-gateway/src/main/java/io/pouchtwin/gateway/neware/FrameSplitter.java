package io.pouchtwin.gateway.neware;

import io.pouchtwin.gateway.rejection.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts the byte stream of a tester into replies.
 *
 * <p>A reply ends with {@code </bts>}; firmware differs in what follows ({@code \n\n#\r\n}, {@code #\r\n}, {@code \n\n}), so any mix of
 * {@code \n}, {@code \r} and {@code #} is swallowed up to the next other byte. The cutting is on bytes: the stream may be split anywhere,
 * also inside a UTF-8 character, and is decoded only when a frame is whole. A frame has a largest size; a stream that exceeds it is given
 * up.
 *
 * <p>Not thread-safe; owned by one connection.
 */
public final class FrameSplitter {
    private static final byte[] END = "</bts>".getBytes(StandardCharsets.US_ASCII);
    private static final int RAW_KEPT_BYTES = 64 * 1024;

    private final int largestFrameBytes;
    private byte[] pending = new byte[4096];
    private int size;
    private int matched;

    /**
     * Makes a splitter.
     *
     * @param largestFrameBytes a longer frame is an error; a page of 1000 rows is about 250 kB
     */
    public FrameSplitter(int largestFrameBytes) {
        if (largestFrameBytes < END.length) {
            throw new IllegalArgumentException("largestFrameBytes: " + largestFrameBytes + ", expected at least 6");
        }
        this.largestFrameBytes = largestFrameBytes;
    }

    /**
     * Takes bytes as they came from the network.
     *
     * @return the replies that these bytes completed, in order; each from its first byte to {@code </bts>}
     * @throws FrameException code {@code frame-too-large}
     */
    public List<byte[]> feed(byte[] bytes) throws FrameException {
        List<byte[]> frames = new ArrayList<>(1);
        for (byte b : bytes) {
            if (size == 0 && isBetweenFrames(b)) {
                continue;
            }
            append(b);
            // END has no border of its own but '<', so a mismatch can only restart at that byte
            if (b == END[matched]) {
                matched++;
            } else {
                matched = b == END[0] ? 1 : 0;
            }
            if (matched == END.length) {
                frames.add(Arrays.copyOf(pending, size));
                size = 0;
                matched = 0;
            }
        }
        return frames;
    }

    /**
     * Tells the splitter that the peer has closed the stream.
     *
     * @throws FrameException code {@code peer-closed-mid-frame}, if a reply had begun
     */
    public void end() throws FrameException {
        if (size > 0) {
            FrameException failure = new FrameException(
                    new Rejection(
                            "peer-closed-mid-frame",
                            "The tester closed the connection after " + size + " bytes of a reply that had not ended."
                                    + " The gateway connects again and asks again; if it recurs, look at the network and at the"
                                    + " tester's program.",
                            "",
                            "",
                            "a reply ending with </bts>"),
                    pendingBytes());
            size = 0;
            matched = 0;
            throw failure;
        }
    }

    /** The beginning of a reply that has not ended yet; empty if none has begun. */
    public byte[] pendingBytes() {
        return Arrays.copyOf(pending, Math.min(size, RAW_KEPT_BYTES));
    }

    private static boolean isBetweenFrames(byte b) {
        return b == '\n' || b == '\r' || b == '#';
    }

    private void append(byte b) throws FrameException {
        if (size >= largestFrameBytes) {
            byte[] raw = pendingBytes();
            size = 0;
            matched = 0;
            throw new FrameException(
                    new Rejection(
                            "frame-too-large",
                            "A reply grew beyond " + largestFrameBytes
                                    + " bytes without ending. The connection is given up;"
                                    + " check that the address is a Neware BTS server, or ask for smaller pages.",
                            "",
                            "",
                            "at most " + largestFrameBytes + " bytes up to </bts>"),
                    raw);
        }
        if (size == pending.length) {
            pending = Arrays.copyOf(pending, (int) Math.min(2L * pending.length, largestFrameBytes));
        }
        pending[size++] = b;
    }
}
