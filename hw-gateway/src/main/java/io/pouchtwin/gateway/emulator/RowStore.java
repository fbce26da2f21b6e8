package io.pouchtwin.gateway.emulator;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The points of one run, numbered from 1. One thread appends, any thread reads. */
interface RowStore extends Closeable {
    /** Appends a point. */
    void append(Row row) throws IOException;

    /** How many points there are. */
    long count();

    /** Points from a number on, at most so many; fewer at the end. */
    List<Row> read(long from, int count) throws IOException;

    /** Forgets the points after a number. */
    void truncate(long count) throws IOException;

    /** Makes sure that all points survive the machine. */
    void force() throws IOException;

    @Override
    void close() throws IOException;

    /** Points in memory only. */
    static RowStore inMemory() {
        return new InMemory();
    }

    /** Points in a file of fixed-size records. */
    static RowStore inFile(Path file) throws IOException {
        return new InFile(
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    /** Points in memory. */
    final class InMemory implements RowStore {
        private final List<Row> rows = new ArrayList<>();

        @Override
        public synchronized void append(Row row) {
            rows.add(row);
        }

        @Override
        public synchronized long count() {
            return rows.size();
        }

        @Override
        public synchronized List<Row> read(long from, int count) {
            int start = (int) Math.min(rows.size(), from - 1);
            return List.copyOf(rows.subList(start, (int) Math.min(rows.size(), (long) start + count)));
        }

        @Override
        public synchronized void truncate(long count) {
            rows.subList((int) count, rows.size()).clear();
        }

        @Override
        public void force() {
            // nothing survives, by design
        }

        @Override
        public void close() {
            // nothing to give back
        }
    }

    /** Points in a file. */
    final class InFile implements RowStore {
        private final FileChannel channel;
        private final ByteBuffer buffer = ByteBuffer.allocate(Row.BYTES);
        private volatile long count;

        InFile(FileChannel channel) throws IOException {
            this.channel = channel;
            count = channel.size() / Row.BYTES;
        }

        @Override
        public void append(Row row) throws IOException {
            long before = count;
            buffer.clear();
            row.write(buffer);
            buffer.flip();
            while (buffer.hasRemaining()) {
                channel.write(buffer, before * Row.BYTES + buffer.position());
            }
            // one thread appends; readers see the count only after the bytes
            count = before + 1;
        }

        @Override
        public long count() {
            return count;
        }

        @Override
        public List<Row> read(long from, int wanted) throws IOException {
            int rows = (int) Math.max(0, Math.min(wanted, count - from + 1));
            ByteBuffer bytes = ByteBuffer.allocate(rows * Row.BYTES);
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, (from - 1) * Row.BYTES + bytes.position()) < 0) {
                    throw new IOException("the file of points is shorter than its count of " + count);
                }
            }
            bytes.flip();
            List<Row> read = new ArrayList<>(rows);
            for (int i = 0; i < rows; i++) {
                read.add(Row.read(bytes));
            }
            return read;
        }

        @Override
        public void truncate(long rows) throws IOException {
            channel.truncate(rows * Row.BYTES);
            count = Math.min(count, rows);
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
