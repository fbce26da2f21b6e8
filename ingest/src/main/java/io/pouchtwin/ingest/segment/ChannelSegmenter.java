package io.pouchtwin.ingest.segment;

import io.pouchtwin.contracts.v1.CellRegistration;
import io.pouchtwin.contracts.v1.ChannelState;
import io.pouchtwin.contracts.v1.CleanBatch;
import io.pouchtwin.contracts.v1.CycleSummary;
import io.pouchtwin.contracts.v1.EndedRun;
import io.pouchtwin.contracts.v1.LivePoint;
import io.pouchtwin.contracts.v1.RawBatch;
import io.pouchtwin.contracts.v1.RawSample;
import io.pouchtwin.contracts.v1.Sample;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One channel of a tester: follows its test runs one after the other. What it puts out is a function of the rows in their order, however they were cut into batches and repeated.
 *
 * <p>Not thread-safe; owned by whoever feeds it.
 */
public final class ChannelSegmenter {
    /** Layout of {@link ChannelState} that this class writes and reads. */
    static final int VERSION = 1;

    private static final int REMEMBERED_RUNS = 32;

    /** What is kept of a run that a newer one has ended. */
    private record Ended(String cell, long lastSequence) {}

    private final String tester;
    private final String channel;
    private final Map<String, Ended> endedRuns = new LinkedHashMap<>();
    private @Nullable RunSegmenter run;
    private String zoneName = "";
    private @Nullable ZoneRules zone;

    /** A channel of which nothing is known yet. */
    public ChannelSegmenter(String tester, String channel) {
        this.tester = tester;
        this.channel = channel;
    }

    /** Takes a batch in. */
    public void accept(RawBatch batch, CellDirectory directory, BatchOutput output) {
        RunSegmenter current = run;
        boolean known = current != null && current.testRun().equals(batch.getTestRun());
        if (!known && batch.getSamplesCount() == 0) {
            // Nothing of a run yet, only a look at the channel.
            directory.find(tester, channel).ifPresent(cell -> passLive(batch, cell.getCell(), output));
            return;
        }
        Ended ended = endedRuns.get(batch.getTestRun());
        if (!known && ended != null) {
            refuseEnded(ended, batch, output);
            return;
        }
        if (!known) {
            current = begin(batch, directory, output);
        }
        if (current != null) {
            feed(current, batch, output);
        }
    }

    /** Which run it is in, for those who look after it. */
    public Optional<String> testRun() {
        return Optional.ofNullable(run).map(RunSegmenter::testRun);
    }

    private @Nullable RunSegmenter begin(RawBatch batch, CellDirectory directory, BatchOutput output) {
        if (batch.getTestRun().isEmpty()) {
            output.batchRefused(new Fault(
                    RejectCode.TEST_RUN_MISSING,
                    "The batch does not say which test run it belongs to, so its numbers mean nothing. Check the driver.",
                    "test_run",
                    "",
                    "the tester's identifier of the run"));
            return null;
        }
        Optional<CellRegistration> cell = directory.find(tester, channel);
        if (cell.isEmpty()) {
            output.batchRefused(new Fault(
                    RejectCode.UNKNOWN_CHANNEL,
                    "No cell is registered on this channel. Add it to the gateway's configuration under cells, with tester and channel.",
                    "channel",
                    tester + "/" + channel,
                    "a channel of the cell registry"));
            return null;
        }
        if (run != null) {
            run.end(false, output);
            endedRuns.put(run.testRun(), new Ended(run.cell(), run.lastSequence()));
            if (endedRuns.size() > REMEMBERED_RUNS) {
                endedRuns.remove(endedRuns.keySet().iterator().next());
            }
        }
        RunSegmenter begun = new RunSegmenter(
                batch.getTestRun(), cell.get().getCell(), cell.get().getNominalCapacityAh());
        run = begun;
        return begun;
    }

    private void feed(RunSegmenter current, RawBatch batch, BatchOutput output) {
        ZoneRules rules = zone(batch.getTimeZone());
        CleanBatch.Builder clean = header(batch, current.cell()).setRunComplete(batch.getRunComplete());
        RunOutput collecting = new RunOutput() {
            @Override
            public void sample(Sample sample) {
                clean.addSamples(sample);
                output.sample(sample);
            }

            @Override
            public void refused(RawSample row, String cell, Fault fault) {
                output.refused(row, cell, fault);
            }

            @Override
            public void duplicate() {
                output.duplicate();
            }

            @Override
            public void gap() {
                output.gap();
            }

            @Override
            public void cycle(CycleSummary summary) {
                output.cycle(summary);
            }
        };
        for (RawSample row : batch.getSamplesList()) {
            current.accept(row, rules, collecting);
        }
        if (batch.getRunComplete()) {
            current.end(true, collecting);
        }
        live(batch, clean);
        if (clean.getSamplesCount() > 0 || clean.hasLive() || clean.getRunComplete()) {
            output.clean(clean.build());
        }
    }

    private void passLive(RawBatch batch, String cell, BatchOutput output) {
        CleanBatch.Builder clean = header(batch, cell);
        live(batch, clean);
        if (clean.hasLive()) {
            output.clean(clean.build());
        }
    }

    private CleanBatch.Builder header(RawBatch batch, String cell) {
        return CleanBatch.newBuilder()
                .setCell(cell)
                .setTester(tester)
                .setChannel(channel)
                .setTestRun(batch.getTestRun());
    }

    /** A live reading is for looking at: one without numbers is left out. */
    private static void live(RawBatch batch, CleanBatch.Builder clean) {
        LivePoint live = batch.getLive();
        if (batch.hasLive()
                && Double.isFinite(live.getVoltageV())
                && Double.isFinite(live.getCurrentA())
                && Double.isFinite(live.getStepTimeS())) {
            clean.setLive(live);
        }
    }

    private void refuseEnded(Ended ended, RawBatch batch, BatchOutput output) {
        for (RawSample row : batch.getSamplesList()) {
            if (row.getSequence() > 0 && row.getSequence() <= ended.lastSequence()) {
                output.duplicate();
            } else {
                output.refused(
                        row,
                        ended.cell(),
                        new Fault(
                                RejectCode.LATE,
                                "The sample belongs to a run that a newer run on this channel has ended. Check why the tester delivered it out of order.",
                                "test_run",
                                batch.getTestRun(),
                                testRun().orElse("")));
            }
        }
    }

    private @Nullable ZoneRules zone(String name) {
        if (!name.equals(zoneName)) {
            zoneName = name;
            try {
                zone = ZoneId.of(name).getRules();
            } catch (DateTimeException e) {
                zone = null; // then no wall time can be understood, and each sample says so
            }
        }
        return zone;
    }

    /** All that the next batch's outcome depends on. */
    public ChannelState save() {
        ChannelState.Builder state =
                ChannelState.newBuilder().setVersion(VERSION).setTester(tester).setChannel(channel);
        if (run != null) {
            state.setRun(run.save());
        }
        endedRuns.forEach((testRun, ended) -> state.addEndedRuns(
                EndedRun.newBuilder().setTestRun(testRun).setCell(ended.cell()).setLastSequence(ended.lastSequence())));
        return state.build();
    }

    /**
     * The channel as it was saved.
     *
     * @throws IllegalStateException when it was saved by a version that this one does not understand
     */
    public static ChannelSegmenter load(ChannelState state) {
        if (state.getVersion() != VERSION) {
            throw new IllegalStateException(
                    "The saved state of channel " + state.getTester() + "/" + state.getChannel()
                            + " has version " + state.getVersion() + ", expected " + VERSION
                            + ". Run the version of pouchtwin that wrote it, or delete topic ingest.state and reset group pouchtwin-ingest to compute it again.");
        }
        ChannelSegmenter segmenter = new ChannelSegmenter(state.getTester(), state.getChannel());
        if (state.hasRun()) {
            segmenter.run = RunSegmenter.load(state.getRun());
        }
        state.getEndedRunsList()
                .forEach(ended -> segmenter.endedRuns.put(
                        ended.getTestRun(), new Ended(ended.getCell(), ended.getLastSequence())));
        return segmenter;
    }
}
