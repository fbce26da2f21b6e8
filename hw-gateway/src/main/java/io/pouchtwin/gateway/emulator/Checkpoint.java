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
            out.writeUTF(entry.getKey());
            out.writeUTF(entry.getValue().channel().config().design());
            entry.getValue().channel().save(out);
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

    /** Restores the channels, which must be those that were saved. */
    static void readChannels(Path directory, Map<String, TesterChannel> channels) throws IOException {
        try (DataInputStream in = open(directory)) {
            head(in, directory);
            int count = in.readInt();
            if (count != channels.size()) {
                throw other(directory, count + " channels, now " + channels.size());
            }
            for (int i = 0; i < count; i++) {
                String name = in.readUTF();
                String design = in.readUTF();
                TesterChannel channel = channels.get(name);
                if (channel == null || !channel.channel().config().design().equals(design)) {
                    throw other(directory, "channel " + name + " with " + design);
                }
                channel.channel().restore(in);
                channel.show();
            }
        }
    }

    private static DataInputStream open(Path directory) throws IOException {
        return new DataInputStream(new BufferedInputStream(Files.newInputStream(directory.resolve(NAME))));
    }

    private static Head head(DataInputStream in, Path directory) throws IOException {
        if (in.readInt() != MAGIC || in.readInt() != VERSION) {
            throw other(directory, "another format");
        }
        return new Head(Instant.ofEpochMilli(in.readLong()), in.readLong());
    }

    private static IOException other(Path directory, String what) {
        return new IOException("the virtual tester's state in " + directory + " is of another tester (" + what
                + "); use another directory, or delete this one to begin anew");
    }
}
