package io.pouchtwin.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.pouchtwin.contracts.v1.CleanBatch;
import io.pouchtwin.contracts.v1.CycleSummary;
import io.pouchtwin.contracts.v1.RawBatch;
import io.pouchtwin.contracts.v1.RawSample;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.gateway.publish.KafkaPublisher;
import io.pouchtwin.ingest.segment.BatchOutput;
import io.pouchtwin.ingest.segment.ChannelSegmenter;
import io.pouchtwin.ingest.segment.Fault;
import io.pouchtwin.twin.CellTwins;
import io.pouchtwin.twin.TwinOutcome;
import io.pouchtwin.twin.TwinSettings;
import io.pouchtwin.twin.ensemble.ReducedCellModels;
import io.pouchtwin.twin.ensemble.UnknownDesignException;
import io.vertx.core.Future;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A recorded file replayed says the same of its cell, bit for bit, as the same rows coming in one poll after the other while
 * the test runs, and as the twin's synchronous driver without any broker.
 */
class FileAgainstStreamTest {
    /** What the replay sends at once; a file is longer. */
    private static final int PAGE = 500;

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Path REAL = Path.of(System.getProperty("pouchtwin.shared", "shared"), "data");

    /** Longest page of a live poll: as long as to make so many polls of a long file. */
    private static final int MOST_POLLS = 250;

    /** So many polls bring rows that were there already, as after a cable was pulled. */
    private static final int ONE_IN_REPEATS = 15;

    @TempDir
    static Path directory;

    private static final List<RecordedFile> FILES = new ArrayList<>();

    /** What the gateway's replay made of each file. */
    private static final Map<String, List<RawBatch>> RAW = new LinkedHashMap<>();

    /** What the synchronous driver says of each cell. */
    private static final Map<String, Said> DRIVER = new LinkedHashMap<>();

    private static TelemetryFlow replayed;

    /** All states of a cell, and its twin at the end. */
    private record Said(List<ByteString> states, ByteString snapshot) {}

    @BeforeAll
    static void replayFiles() throws Exception {
        FILES.add(RecordedFile.coin(directory, "coin-a", 0.2, 1));
        FILES.add(RecordedFile.coin(directory, "coin-b", 0.6, 2));
        FILES.add(RecordedFile.coin(directory, "coin-c", 0.4, 4));
        addReal("landt", "bdf/Li_metal_Gr_R2032_Landt.bdf.csv.gz", 0.003);
        addReal("arbin", "arbin/A123_6C_charge.csv", 1.1);
        addReal("neware", "neware/M50T_1Hz.csv.gz", 5);
        replayed = new TelemetryFlow(directory.resolve("replayed"), 4, false);
        replayed.engine();
        for (RecordedFile file : FILES) {
            RAW.put(file.cell(), replayed.raw(replayed.replay(file).channel()));
            DRIVER.put(file.cell(), driven(file));
        }
    }

    private static void addReal(String cell, String file, double nominalCapacityAh) throws Exception {
        if (Files.isReadable(REAL.resolve(file))) {
            FILES.add(RecordedFile.real(directory, REAL.resolve(file), cell, nominalCapacityAh, 3000));
        }
    }

    @AfterAll
    static void close() {
        replayed.close();
    }

    @Test
    void theFilesHoldWhatRealOnesHold() {
        List<RawSample> rows = rows("coin-a");
        assertThat(rows).hasSizeGreaterThan(PAGE);
        assertThat(sameTimes(rows))
                .as("rows with the time stamp of the one before")
                .isGreaterThanOrEqualTo(5);
        assertThat(rows.stream().filter(row -> Double.isNaN(row.getVoltageV()))).hasSize(1);
        assertThat(rows.get(rows.size() - 1).getSequence())
                .as("a gap in the numbers")
                .isGreaterThan(rows.size() + 20);
        assertThat(DRIVER.get("coin-a").states()).hasSize(rows.size() - 1);
    }

    @Test
    void aReplayedFileSaysWhatTheSynchronousDriverSays() {
        assertSame(replayed);
    }

    @Test
    void rowsThatComeInSmallPollsToTwoEnginesSayTheSame() throws Exception {
        try (TelemetryFlow live = new TelemetryFlow(directory.resolve("two-engines"), 4, true)) {
            live.engine();
            stream(live, 0, 1.0 / 3);
            await().atMost(PATIENCE).until(() -> live.advancedByEngine().get(0) > 100);
            // from here on another takes some of the cells over, in the middle of their runs
            live.engine();
            stream(live, 1.0 / 3, 1);
            assertSame(live);
            assertThat(live.advancedByEngine())
                    .allSatisfy(count -> assertThat(count).isGreaterThan(100));
        }
    }

    @Test
    void rowsThatComeInSmallPollsOverOnePartitionSayTheSame() throws Exception {
        try (TelemetryFlow live = new TelemetryFlow(directory.resolve("one-partition"), 1, true)) {
            live.engine();
            stream(live, 0, 1);
            assertSame(live);
        }
    }

    /** Sends a share of each channel's rows, poll after poll, the channels in turn. */
    private static void stream(TelemetryFlow flow, double from, double to) throws Exception {
        KafkaPublisher gateway = flow.publisher();
        Random random = new Random(5);
        Map<String, Integer> next = new LinkedHashMap<>();
        for (RecordedFile file : FILES) {
            next.put(file.cell(), (int) (from * rows(file.cell()).size()));
            if (from == 0) {
                RawBatch any = RAW.get(file.cell()).get(0);
                published(gateway.publish(TelemetryFlow.registration(file).toBuilder()
                        .setTester(any.getTester())
                        .setChannel(any.getChannel())
                        .build()));
            }
        }
        boolean more = true;
        while (more) {
            more = false;
            for (String cell : List.copyOf(next.keySet())) {
                int end = (int) (to * rows(cell).size());
                int at = next.get(cell);
                if (at < end) {
                    next.put(cell, poll(gateway, cell, at, end, random));
                    more = true;
                }
            }
        }
    }

    /** One poll brings the rows that were logged since the last, now and then also some from before. */
    private static int poll(KafkaPublisher gateway, String cell, int at, int end, Random random) throws Exception {
        List<RawSample> rows = rows(cell);
        int longest = 2 + rows.size() / MOST_POLLS;
        int to = Math.min(end, at + 1 + random.nextInt(longest));
        int begin = random.nextInt(ONE_IN_REPEATS) == 0 ? Math.max(0, at - random.nextInt(10)) : at;
        RawBatch header = RAW.get(cell).get(0);
        published(gateway.publish(header.toBuilder()
                .clearSamples()
                .setReceivedUnixUs(header.getReceivedUnixUs() + at)
                .addAllSamples(rows.subList(begin, to))
                .setRunComplete(to == rows.size())
                .build()));
        return to;
    }

    private static void published(Future<Void> sent) throws Exception {
        sent.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static List<RawSample> rows(String cell) {
        return RAW.get(cell).stream()
                .flatMap(batch -> batch.getSamplesList().stream())
                .toList();
    }

    private static long sameTimes(List<RawSample> rows) {
        long same = 0;
        for (int k = 1; k < rows.size(); k++) {
            same += rows.get(k).getTestTimeS() == rows.get(k - 1).getTestTimeS() ? 1 : 0;
        }
        return same;
    }

    private static void assertSame(TelemetryFlow flow) {
        DRIVER.forEach((cell, said) -> {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(250))
                    .until(() -> flow.states(cell).size() >= said.states().size());
            List<ByteString> states = flow.states(cell);
            assertThat(states).as("number of states of %s", cell).hasSameSizeAs(said.states());
            for (int k = 0; k < states.size(); k++) {
                assertThat(states.get(k))
                        .as("state %d of %s", k, cell)
                        .isEqualTo(said.states().get(k));
            }
            assertThat(flow.snapshot(cell)).as("last snapshot of %s", cell).isEqualTo(said.snapshot());
        });
    }

    /** The same rows through ingest's judgement and the twins, on this thread. */
    private static Said driven(RecordedFile file) throws UnknownDesignException {
        List<CleanBatch> clean = new ArrayList<>();
        RawBatch first = RAW.get(file.cell()).get(0);
        ChannelSegmenter channel = new ChannelSegmenter(first.getTester(), first.getChannel());
        RawBatch whole = first.toBuilder()
                .clearSamples()
                .addAllSamples(rows(file.cell()))
                .build();
        channel.accept(whole, (tester, name) -> Optional.of(TelemetryFlow.registration(file)), new Keeping(clean));
        CellTwins twins = new CellTwins(
                ReducedCellModels.shipped(),
                cell -> Optional.of(TelemetryFlow.registration(file)),
                TwinSettings.standard());
        List<ByteString> states = new ArrayList<>();
        for (CleanBatch batch : clean) {
            twins.accept(batch, (sample, outcome) -> {
                if (outcome instanceof TwinOutcome.Advanced advanced) {
                    states.add(advanced.state().toByteString());
                }
            });
        }
        ByteString snapshot = twins.twin(file.cell()).orElseThrow().snapshot().toBuilder()
                .setLatestState(states.get(states.size() - 1))
                .build()
                .toByteString();
        return new Said(states, snapshot);
    }

    /** Keeps the clean samples; the rest is looked at elsewhere. */
    private record Keeping(List<CleanBatch> batches) implements BatchOutput {
        @Override
        public void sample(Sample sample) {}

        @Override
        public void refused(RawSample row, String cell, Fault fault) {}

        @Override
        public void duplicate() {}

        @Override
        public void gap() {}

        @Override
        public void cycle(CycleSummary summary) {}

        @Override
        public void batchRefused(Fault fault) {
            throw new AssertionError(fault.toString());
        }

        @Override
        public void clean(CleanBatch batch) {
            batches.add(batch);
        }
    }
}
