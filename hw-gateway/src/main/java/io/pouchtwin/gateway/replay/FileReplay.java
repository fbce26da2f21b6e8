package io.pouchtwin.gateway.replay;

import io.pouchtwin.contracts.v1.CellRegistration;
import io.pouchtwin.contracts.v1.RawBatch;
import io.pouchtwin.contracts.v1.RawSample;
import io.pouchtwin.gateway.publish.KafkaPublisher;
import io.pouchtwin.gateway.publish.TelemetryPublisher;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Sends a recorded file through the same topic as a tester's points: tester {@code "replay"}, channel the file's name, test run a hash of
 * its content. The same content gives the same samples in the same batches, so replaying it again adds nothing. Blocks the calling thread,
 * which is held back when the broker is slower than the file.
 */
public final class FileReplay {
    /** The tester's name in everything that is replayed. */
    public static final String TESTER = "replay";

    private static final int PAGE = 500;
    private static final int IN_FLIGHT = 16;
    private static final long ACKNOWLEDGE_LIMIT_S = 60;

    /** Told after every page. */
    public interface Progress {
        /**
         * How far it is.
         *
         * @param rows lines done
         * @param totalRows lines in the file
         */
        void at(long rows, long totalRows);
    }

    /**
     * What was done.
     *
     * @param channel the channel that the points went to
     * @param testRun the run that they belong to
     * @param points sent and acknowledged
     * @param rejected lines that could not be used; they are in {@code telemetry.rejected}
     * @param ignoredColumns columns that were not read
     * @param numberedByRecordIndex whether the points carry the file's own numbers
     */
    public record Summary(
            String channel,
            String testRun,
            long points,
            long rejected,
            List<String> ignoredColumns,
            boolean numberedByRecordIndex) {}

    private final TelemetryPublisher publisher;
    private final BdfFile file;
    private final String channel;
    private final String cell;
    private final Progress progress;
    private final InstantSource clock;
    private final Semaphore room = new Semaphore(IN_FLIGHT);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final List<RawSample> page = new ArrayList<>(PAGE);
    private long rows;
    private long points;
    private long rejected;

    private FileReplay(
            TelemetryPublisher publisher, BdfFile file, CellRegistration cell, Progress progress, InstantSource clock) {
        this.publisher = publisher;
        this.file = file;
        this.channel = channelOf(file.path());
        this.cell = cell.getCell();
        this.progress = progress;
        this.clock = clock;
    }

    /**
     * Sends a file to Kafka.
     *
     * @param kafkaSettings Kafka client settings, at least {@code bootstrap.servers}
     * @param registration the cell in the file; tester and channel are set here
     * @throws ReplayException if the file cannot be used, or the broker does not acknowledge; replaying again is harmless
     */
    public static Summary send(
            Path path, Map<String, Object> kafkaSettings, CellRegistration registration, Progress progress)
            throws IOException, InterruptedException {
        BdfFile file = openReadable(path);
        KafkaPublisher publisher = new KafkaPublisher(kafkaSettings);
        try {
            return new FileReplay(publisher, file, registration, progress, InstantSource.system()).send(registration);
        } finally {
            var unused = publisher.close();
        }
    }

    /** Sends a file by another way. */
    static Summary send(
            Path path,
            TelemetryPublisher publisher,
            CellRegistration registration,
            Progress progress,
            InstantSource clock)
            throws IOException, InterruptedException {
        return new FileReplay(publisher, openReadable(path), registration, progress, clock).send(registration);
    }

    private static BdfFile openReadable(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new ReplayException(path + ": no such file");
        }
        return BdfFile.open(path);
    }

    private Summary send(CellRegistration registration) throws IOException, InterruptedException {
        if (file.lines() == 0) {
            throw new ReplayException(file.path() + ": the file has a header and no rows");
        }
        track(publisher.publish(
                registration.toBuilder().setTester(TESTER).setChannel(channel).build()));
        try {
            file.rows((row, bytes) -> take(row));
        } catch (Interrupted e) {
            throw e.cause;
        }
        flush(true);
        if (!room.tryAcquire(IN_FLIGHT, ACKNOWLEDGE_LIMIT_S, TimeUnit.SECONDS)) {
            throw new ReplayException(file.path() + ": the broker did not acknowledge the last points within "
                    + ACKNOWLEDGE_LIMIT_S + " s; replay the file again, what is there already is not taken twice");
        }
        refuseAfterFailure();
        return new Summary(
                channel, file.run(), points, rejected, file.header().ignored(), file.numberedByRecordIndex());
    }

    /** Carries an interruption through the row sink. */
    private static final class Interrupted extends IOException {
        private static final long serialVersionUID = 1L;
        private final InterruptedException cause;

        Interrupted(InterruptedException cause) {
            super(cause);
            this.cause = cause;
        }
    }

    private void take(BdfRow row) throws IOException {
        rows++;
        try {
            if (row instanceof BdfRow.Point point) {
                page.add(point.sample());
                points++;
                if (page.size() == PAGE) {
                    flush(false);
                }
            } else {
                reject((BdfRow.Bad) row);
            }
        } catch (InterruptedException e) {
            throw new Interrupted(e);
        }
    }

    private void reject(BdfRow.Bad bad) throws IOException, InterruptedException {
        rejected++;
        track(publisher.publish(bad.rejection()
                .toMessage(channel + ":" + bad.line(), bad.text().getBytes(StandardCharsets.UTF_8))
                .setTester(TESTER)
                .setChannel(channel)
                .setTestRun(file.run())
                .setSequence(bad.sequence())
                .setCell(cell)
                .build()));
    }

    private void flush(boolean end) throws IOException, InterruptedException {
        track(publisher.publish(RawBatch.newBuilder()
                .setTester(TESTER)
                .setChannel(channel)
                .setTestRun(file.run())
                .setTimeZone("UTC")
                .setReceivedUnixUs(ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()))
                .addAllSamples(page)
                .setRunComplete(end)
                .build()));
        page.clear();
        progress.at(rows, file.lines());
    }

    /** Waits for room, then counts the record as on its way. */
    private void track(Future<Void> sent) throws IOException, InterruptedException {
        var unused = sent.onComplete(done -> {
            if (done.failed()) {
                failure.compareAndSet(null, done.cause());
            }
            room.release();
        });
        room.acquire();
        refuseAfterFailure();
    }

    private void refuseAfterFailure() throws ReplayException {
        Throwable cause = failure.get();
        if (cause != null) {
            throw new ReplayException(
                    file.path() + ": Kafka did not acknowledge (" + cause.getMessage()
                            + "); replay the file again when the broker is there, what is there already is not taken twice",
                    cause);
        }
    }

    /** The channel that a file's points go to. */
    public static String channelOf(Path path) {
        return Objects.requireNonNull(path.getFileName(), "a file has a name").toString();
    }
}
