package io.pouchtwin.ingest.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.pouchtwin.contracts.v1.ChannelState;
import io.pouchtwin.contracts.v1.QualityFlag;
import io.pouchtwin.contracts.v1.RawSample;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.ingest.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What comes out depends on the rows alone. */
class SameSamplesTest {
    private static final int ROWS_PER_STEP = 12;
    private static final List<RawSample> ROWS = Rows.cycles(3, ROWS_PER_STEP);

    /** One way to spoil a row, and what it is refused for. */
    private record Poison(String code, Consumer<RawSample.Builder> spoil) {}

    private static final List<Poison> POISONS = List.of(
            new Poison("voltage-not-finite", row -> row.setVoltageV(Double.NaN)),
            new Poison("voltage-not-finite", row -> row.setVoltageV(Double.NEGATIVE_INFINITY)),
            new Poison("voltage-out-of-range", row -> row.setVoltageV(3_700)),
            new Poison("voltage-out-of-range", row -> row.setVoltageV(-2)),
            new Poison("current-not-finite", row -> row.setCurrentA(Double.NaN)),
            new Poison("current-implausible", row -> row.setCurrentA(-5_000)),
            new Poison("counter-invalid", row -> row.setStepChargeAh(-1)),
            new Poison("counter-invalid", row -> row.setStepEnergyWh(Double.NaN)),
            new Poison("time-invalid", row -> row.setStepTimeS(Double.NaN)),
            new Poison("time-invalid", row -> row.setStepTimeS(-1)),
            new Poison("time-jump", row -> row.setStepTimeS(1e10)),
            new Poison("time-missing", RawSample.Builder::clearStepTimeS));

    @Property(tries = 200)
    void anyCuttingAndAnyRepetitionOfTheSameRowsGivesTheSameSamples(
            @ForAll("holes") List<Integer> holes, @ForAll Random random) {
        List<RawSample> rows = new ArrayList<>(ROWS);
        rows.removeIf(row -> holes.contains((int) row.getSequence()));
        Collected whole = Collected.of(rows);

        Collected cut = new Collected();
        ChannelSegmenter channel = new ChannelSegmenter("bts", "27-21-1-1");
        int next = 0;
        while (next < rows.size()) {
            int from = Math.max(0, next - random.nextInt(40));
            int to = Math.min(rows.size(), next + random.nextInt(30));
            cut.feed(channel, Rows.batch(rows.subList(from, to)));
            next = Math.max(next, to);
            channel = random.nextBoolean() ? ChannelSegmenter.load(channel.save()) : channel;
        }
        assertThat(cut.samples).isEqualTo(whole.samples);
        assertThat(cut.cycles).isEqualTo(whole.cycles);
        assertThat(cut.faults).isEmpty();
        assertThat(channel.save()).isEqualTo(saved(rows));
    }

    @Property(tries = 300)
    void onePoisonedRowIsRefusedByNameAndDisturbsNoOther(
            @ForAll("poisons") Poison poison, @ForAll @IntRange(min = 1, max = 142) int place) {
        boolean ofValue = poison.code().startsWith("voltage") || poison.code().startsWith("current");
        // Where time or charge of the row that ends a step are not known, what follows is a lower bound: a promise of
        // its own, tested elsewhere.
        int index = !ofValue && place % ROWS_PER_STEP == ROWS_PER_STEP - 1 ? place - 1 : place;
        List<RawSample> spoilt = new ArrayList<>(ROWS);
        RawSample.Builder row = ROWS.get(index).toBuilder();
        poison.spoil().accept(row);
        spoilt.set(index, row.build());

        Collected poisoned = Collected.of(spoilt);
        assertThat(poisoned.codes()).containsExactly(poison.code());
        assertThat(poisoned.samples).hasSize(ROWS.size() - 1);
        List<Sample> others = new ArrayList<>(Collected.of(ROWS).samples);
        others.remove(index);
        for (int i = 0; i < others.size(); i++) {
            assertThat(poisoned.samples.get(i))
                    .isEqualTo(i == index ? told(others.get(i), poison, index) : others.get(i));
        }
    }

    /** The next sample says that it follows something missing; and, where a step's first row could not be timed, that the step may have begun later. */
    private static Sample told(Sample next, Poison poison, int index) {
        int flags = 1 << QualityFlag.QUALITY_FLAG_AFTER_GAP.getNumber();
        if (poison.code().startsWith("time") && index % ROWS_PER_STEP == 0) {
            flags |= 1 << QualityFlag.QUALITY_FLAG_TIME_ESTIMATED.getNumber();
        }
        return next.toBuilder().setQualityFlags(next.getQualityFlags() | flags).build();
    }

    @Provide
    Arbitrary<List<Integer>> holes() {
        return Arbitraries.integers().between(1, ROWS.size()).list().ofMaxSize(10);
    }

    @Provide
    Arbitrary<Poison> poisons() {
        return Arbitraries.of(POISONS);
    }

    private static ChannelState saved(List<RawSample> rows) {
        ChannelSegmenter channel = new ChannelSegmenter("bts", "27-21-1-1");
        new Collected().feed(channel, Rows.batch(rows));
        return channel.save();
    }
}
