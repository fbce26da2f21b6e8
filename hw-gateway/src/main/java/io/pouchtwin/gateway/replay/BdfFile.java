package io.pouchtwin.gateway.replay;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.pouchtwin.gateway.rejection.Rejection;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * A file in the Battery Data Format: plain or gzip, comma, semicolon or tab, with or without byte order mark, quotes and CRLF.
 *
 * <p>Each line is a record of its own: no value of the format holds a line break, and so a stray quote spoils one line and not the rest.
 *
 * @param path where it is
 * @param run what tells this content from any other: the first 16 hex digits of its SHA-256, uncompressed
 * @param header which column is what
 * @param delimiter between fields
 * @param lines number of lines that are not empty, without the header
 * @param numberedByRecordIndex whether the points' numbers are the file's own, because they strictly ascend; otherwise points are counted
 *     from 1
 */
record BdfFile(Path path, String run, BdfHeader header, char delimiter, long lines, boolean numberedByRecordIndex) {
    private static final int GZIP_MAGIC_1 = 0x1f;
    private static final int GZIP_MAGIC_2 = 0x8b;
    private static final int RUN_DIGITS = 16;

    /** Takes the rows one after the other. */
    interface RowSink {
        /**
         * A row.
         *
         * @param bytesRead of the file as it is on disk, so far
         */
        void row(BdfRow row, long bytesRead) throws IOException;
    }

    /** Reads the whole file once, to know what it is before anything of it is sent. */
    static BdfFile open(Path path) throws IOException {
        MessageDigest digest = sha256();
        try (BufferedReader reader =
                reader(new DigestInputStream(content(new Counting(Files.newInputStream(path))), digest))) {
            String first = firstLine(reader, path);
            char delimiter = delimiter(first);
            BdfHeader header = header(first, delimiter, path);
            BdfRowReader rows = new BdfRowReader(header, delimiter != ',');
            boolean ascending = header.has(BdfQuantity.RECORD_INDEX);
            long last = 0;
            long lines = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.isBlank()) {
                    continue;
                }
                lines++;
                List<String> fields = ascending ? fields(line, delimiter) : null;
                if (fields != null && ascending) {
                    long index = rows.recordIndex(fields);
                    ascending = index > last;
                    last = index;
                }
            }
            String run = HexFormat.of().formatHex(digest.digest()).substring(0, RUN_DIGITS);
            return new BdfFile(path, run, header, delimiter, lines, ascending);
        } catch (ZipException e) {
            throw new ReplayException(path + ": the compressed data is damaged (" + e.getMessage() + ")", e);
        }
    }

    /** Reads the rows in order. */
    void rows(RowSink sink) throws IOException {
        BdfRowReader rows = new BdfRowReader(header, delimiter != ',');
        Counting counting = new Counting(Files.newInputStream(path));
        try (BufferedReader reader = reader(content(counting))) {
            boolean headerSeen = false;
            long lineNumber = 0;
            long rowNumber = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lineNumber++;
                if (line.isBlank()) {
                    continue;
                }
                if (!headerSeen) {
                    headerSeen = true;
                    continue;
                }
                rowNumber++;
                List<String> fields = fields(line, delimiter);
                if (fields == null) {
                    sink.row(new BdfRow.Bad(unbalanced(lineNumber), lineNumber, rowNumber, line), counting.count);
                } else {
                    long sequence = numberedByRecordIndex ? rows.recordIndex(fields) : rowNumber;
                    sink.row(rows.read(fields, lineNumber, sequence, line), counting.count);
                }
            }
        }
    }

    private static String firstLine(BufferedReader reader, Path path) throws IOException {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (!line.isBlank()) {
                return line.startsWith("\uFEFF") ? line.substring(1) : line;
            }
        }
        throw new ReplayException(path + ": the file is empty");
    }

    private static BdfHeader header(String line, char delimiter, Path path) throws ReplayException {
        List<String> fields = fields(line, delimiter);
        if (fields == null) {
            throw new ReplayException(path + ": the header has a quote that does not end");
        }
        try {
            return BdfHeader.of(fields);
        } catch (ReplayException e) {
            throw new ReplayException(path + ": " + e.getMessage(), e);
        }
    }

    /** The character of comma, semicolon and tab that the header has most of, outside quotes. */
    private static char delimiter(String header) {
        String unquoted = header.replaceAll("\"[^\"]*\"", "");
        char best = ',';
        long most = 0;
        for (char candidate : new char[] {',', ';', '\t'}) {
            long count = unquoted.chars().filter(c -> c == candidate).count();
            if (count > most) {
                most = count;
                best = candidate;
            }
        }
        return best;
    }

    /** The fields of one line, or null if its quotes do not balance. */
    private static @Nullable List<String> fields(String line, char delimiter) {
        try {
            return CsvReader.builder()
                    .fieldSeparator(delimiter)
                    .allowUnclosedQuote(false)
                    .ofSingleCsvRecord(line)
                    .getFields();
        } catch (CsvParseException e) {
            return null;
        }
    }

    private static Rejection unbalanced(long line) {
        return Rejection.of(
                "not-csv", "Line " + line + " has a quote that does not end, or text after one; the line is left out.");
    }

    private static BufferedReader reader(InputStream bytes) {
        return new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8), 1 << 16);
    }

    private static InputStream content(InputStream file) throws IOException {
        BufferedInputStream bytes = new BufferedInputStream(file, 1 << 16);
        bytes.mark(2);
        boolean compressed = bytes.read() == GZIP_MAGIC_1 && bytes.read() == GZIP_MAGIC_2;
        bytes.reset();
        return compressed ? new GZIPInputStream(bytes, 1 << 16) : bytes;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static final class Counting extends FilterInputStream {
        private long count;

        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count += read >= 0 ? 1 : 0;
            return read;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
