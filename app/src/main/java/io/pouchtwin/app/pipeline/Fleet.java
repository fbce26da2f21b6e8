package io.pouchtwin.app.pipeline;

import io.pouchtwin.contracts.v1.CellRegistration;
import io.pouchtwin.contracts.v1.RawBatch;
import io.pouchtwin.gateway.publish.KafkaPublisher;
import io.pouchtwin.stage.KafkaSettings;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A thousand cells under test as the gateway sends them on: the gateway's own publisher, fed with what its drivers would
 * have read. Polls are spread over their period as those of many testers are.
 */
final class Fleet implements AutoCloseable {
    private static final String TESTER = "bench";

    private final Recording recording;
    private final KafkaPublisher publisher;
    private final long[] sequences;
    private final int[] pointsOutside;
    /** When the gateway had the points outside the voltage window, by cell and sequence [us since 1970]. */
    private final Map<String, Long> outside = new ConcurrentHashMap<>();

    private final AtomicLong published = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    Fleet(Recording recording, int cells, KafkaSettings kafka) throws Exception {
        this.recording = recording;
        this.publisher = new KafkaPublisher(kafka.with(Map.of()));
        this.sequences = new long[cells];
        this.pointsOutside = new int[cells];
        for (int cell = 0; cell < cells; cell++) {
            var unused = publisher
                    .publish(CellRegistration.newBuilder()
                            .setCell(cell(cell))
                            .setTester(TESTER)
                            .setChannel(channel(cell))
                            .setDesign(Recording.DESIGN)
                            .setNominalCapacityAh(recording.nominalCapacityAh())
                            .build())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
        }
    }

    static String cell(int index) {
        return String.format("cell-%04d", index);
    }

    private static String channel(int index) {
        return "27-21-1-" + (index + 1);
    }

    /** Points that Kafka has taken. */
    long published() {
        return published.get();
    }

    /** Points that the publisher could not take. */
    long refused() {
        return refused.get();
    }

    /** Lets the next points of a cell lie outside the design's voltage window, as if its tester missed a cut-off. */
    void leaveWindow(int cell, int points) {
        pointsOutside[cell] = points;
    }

    /** When the gateway had a point that lay outside the window [us since 1970]; empty for other points. */
    OptionalLong receivedUnixUs(String cell, long sequence) {
        Long received = outside.get(pointName(cell, sequence));
        return received == null ? OptionalLong.empty() : OptionalLong.of(received);
    }

    private static String pointName(String cell, long sequence) {
        return cell + '/' + sequence;
    }

    /** What the next poll of a cell brings. */
    void poll(int cell, int points) {
        RawBatch.Builder batch = RawBatch.newBuilder()
                .setTester(TESTER)
                .setChannel(channel(cell))
                .setTestRun("1")
                .setTimeZone("UTC")
                .setReceivedUnixUs(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
        for (int k = 0; k < points; k++) {
            long sequence = ++sequences[cell];
            if (pointsOutside[cell] > 0) {
                pointsOutside[cell]--;
                outside.put(pointName(cell(cell), sequence), batch.getReceivedUnixUs());
                batch.addSamples(recording.pointOutside(sequence));
            } else {
                batch.addSamples(recording.point(sequence));
            }
        }
        var unused = publisher.publish(batch.build()).onComplete(done -> {
            if (done.succeeded()) {
                published.addAndGet(points);
            } else {
                refused.addAndGet(points);
            }
        });
    }

    /** Polls all cells once each period, evenly spread, for a time. */
    void pollFor(double seconds, double periodS, int pointsPerPoll) {
        long begun = System.nanoTime();
        double gapNs = periodS * 1e9 / sequences.length;
        long polls = (long) (seconds / periodS * sequences.length);
        for (long poll = 0; poll < polls; poll++) {
            long due = begun + (long) (poll * gapNs);
            while (System.nanoTime() - due < 0) {
                LockSupport.parkNanos(Math.min(1_000_000, due - System.nanoTime()));
            }
            poll((int) (poll % sequences.length), pointsPerPoll);
        }
    }

    @Override
    public void close() {
        var unused = publisher.close();
    }
}
