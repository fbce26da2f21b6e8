package io.pouchtwin.gateway.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VirtualChannelTest {
    private static final Programme PROGRAMME = Programme.fastCharge(5, 4.2, 1, 3.0, 120, 3);
    private static final int WHOLE_TEST_MS = 30_000_000;

    @Test
    void aTestRunsItsProgrammeAndEnds() throws Exception {
        VirtualChannel channel = linear(PROGRAMME);
        channel.advanceTo(WHOLE_TEST_MS, Integer.MAX_VALUE);
        assertThat(channel.finished()).isTrue();
        List<Row> rows = rows(channel);
        List<String> steps = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (i == 0 || rows.get(i).stepTimeMs() == 0) {
                steps.add(rows.get(i).word());
            }
        }
        assertThat(String.join(" ", steps)).isEqualTo("rest cc cv rest dc rest cc cv rest dc rest cc cv rest dc rest");
        assertThat(rows).extracting(Row::cycleId).isSorted().contains(1, 2, 3).doesNotContain(4);
        assertThat(rows).extracting(Row::stepId).contains(1, 2, 3, 4, 5, 6).doesNotContain(7);
    }

    @Test
    void pointsAreLoggedAsTestersDo() throws Exception {
        VirtualChannel channel = linear(PROGRAMME);
        channel.advanceTo(WHOLE_TEST_MS, Integer.MAX_VALUE);
        List<Row> rows = rows(channel);
        boolean offTheGrid = false;
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            assertThat(row.stepTimeMs() % 100).isZero();
            offTheGrid |= row.stepTimeMs() % 10_000 != 0;
            if (i > 0 && row.stepTimeMs() == 0) {
                // the end of one step and the start of the next are the same instant
                assertThat(row.testerTimeMs()).isEqualTo(rows.get(i - 1).testerTimeMs());
                assertThat(row.stepChargeAh()).isLessThan(0.0001);
            } else if (i > 0) {
                assertThat(row.testerTimeMs() - rows.get(i - 1).testerTimeMs()).isBetween(100L, 30_000L);
            }
        }
        assertThat(offTheGrid).isTrue();
        assertThat(rows).filteredOn(r -> r.word().equals("rest")).allMatch(r -> r.currentA() == 0);
        assertThat(rows).filteredOn(r -> r.word().equals("cc")).allMatch(r -> r.currentA() > 5.9 && r.currentA() < 6.1);
        assertThat(rows)
                .filteredOn(r -> r.word().equals("dc"))
                .allMatch(r -> r.currentA() < 0 && r.stepChargeAh() >= 0);
    }

    @Test
    void aCutOffIsNoticedAtTheNextTickALittleBeyondIt() throws Exception {
        VirtualChannel channel = linear(new Programme(List.of(new Step.Charge(1, 4.0), new Step.Rest(1))));
        channel.advanceTo(WHOLE_TEST_MS, Integer.MAX_VALUE);
        Row end = rows(channel).stream()
                .filter(r -> r.word().equals("cc"))
                .reduce((a, b) -> b)
                .orElseThrow();
        assertThat(end.voltageV()).isCloseTo(4.0, within(1e-3));
        // 0.65 of the capacity between 3.36 + 0.05 V and 4.0 V by the double's own closed form
        assertThat(end.stepChargeAh()).isCloseTo((4.0 - 0.05 - 3.36) / 1.2 * 1.2, within(2e-4));
    }

    @Test
    void thePointsDoNotDependOnHowTimeIsHandedOut() throws Exception {
        VirtualChannel atOnce = linear(PROGRAMME);
        atOnce.advanceTo(WHOLE_TEST_MS, Integer.MAX_VALUE);
        VirtualChannel inPieces = linear(PROGRAMME);
        Random random = new Random(1);
        long now = 0;
        while (!inPieces.finished() || inPieces.visible() < inPieces.rows().count()) {
            now += random.nextInt(40_000);
            inPieces.advanceTo(now, 1 + random.nextInt(20));
            assertThat(inPieces.visible()).isLessThanOrEqualTo(inPieces.rows().count());
        }
        assertThat(rows(inPieces)).isEqualTo(rows(atOnce));
    }

    @Test
    void onlyPointsWhoseTimeHasComeCanBeSeen() throws Exception {
        VirtualChannel channel = linear(PROGRAMME);
        channel.advanceTo(0, 100);
        assertThat(channel.visible()).isEqualTo(1);
        channel.advanceTo(29_999, 100);
        assertThat(channel.visible()).isEqualTo(1);
        channel.advanceTo(30_000, 100);
        assertThat(channel.visible()).isEqualTo(2);
    }

    @Test
    void aSavedChannelGoesOnWithTheSamePoints() throws Exception {
        for (boolean fullOrder : new boolean[] {false, true}) {
            VirtualChannel original = channel(fullOrder);
            original.advanceTo(400_000, Integer.MAX_VALUE);
            ByteArrayOutputStream saved = new ByteArrayOutputStream();
            original.save(new DataOutputStream(saved));
            List<Row> then = rows(original);
            original.advanceTo(900_000, Integer.MAX_VALUE);
            VirtualChannel restored = channel(fullOrder);
            for (Row row : then) {
                restored.rows().append(row);
            }
            // points made after the state was saved are forgotten and made again
            restored.rows().append(then.get(0));
            restored.restore(new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));
            restored.advanceTo(900_000, Integer.MAX_VALUE);
            assertThat(rows(restored)).as("full order: %s", fullOrder).isEqualTo(rows(original));
        }
    }

    @Test
    void aFullOrderCellTakesAndGivesChargeWithinItsWindow() throws Exception {
        VirtualChannel channel = channel(true);
        channel.advanceTo(6 * 3600_000, Integer.MAX_VALUE);
        List<Row> rows = rows(channel);
        assertThat(rows).extracting(Row::word).contains("cc", "cv", "dc", "rest");
        assertThat(rows).allSatisfy(r -> {
            assertThat(r.voltageV()).isBetween(2.5, 4.45);
            assertThat(r.currentA()).isBetween(-2.0, 2.0);
        });
        double charged = largest(rows, "cc") + largest(rows, "cv");
        double discharged = largest(rows, "dc");
        assertThat(discharged).isBetween(0.2, 0.45);
        assertThat(charged).isCloseTo(discharged, within(0.1));
    }

    @Test
    void cellsOfOneDesignDifferByTheirSeed() throws Exception {
        CellUnderTest one = FullOrderUnderTest.of(config(PROGRAMME, 1));
        CellUnderTest same = FullOrderUnderTest.of(config(PROGRAMME, 1));
        CellUnderTest other = FullOrderUnderTest.of(config(PROGRAMME, 2));
        double v = charge(one);
        assertThat(charge(same)).isEqualTo(v);
        assertThat(charge(other)).isNotEqualTo(v).isCloseTo(v, within(0.1));
    }

    @Test
    void aSoftShortAndAGrowingFilmShowInTheVoltage() {
        CellUnderTest healthy = FullOrderUnderTest.of(config(PROGRAMME, 1));
        CellUnderTest shorted = FullOrderUnderTest.of(config(PROGRAMME, 1));
        CellUnderTest filmed = FullOrderUnderTest.of(config(PROGRAMME, 1));
        Storyline leak = Storyline.softShort(100, 1e-3);
        Storyline film = Storyline.growingFilm(10);
        shorted.tell(leak, 0);
        assertThat(charge(shorted)).isEqualTo(charge(healthy));
        shorted.tell(leak, 200);
        filmed.tell(film, 3600);
        charge(filmed);
        double healthyV = charge(healthy);
        assertThat(charge(filmed)).isGreaterThan(healthyV + 0.01);
        charge(shorted);
        double rested = healthy.advance(CellUnderTest.Hold.REST, 1800, CellUnderTest.Limits.NONE)
                .voltageV();
        double leaked = shorted.advance(CellUnderTest.Hold.REST, 1800, CellUnderTest.Limits.NONE)
                .voltageV();
        assertThat(leaked).isLessThan(rested - 0.005);
    }

    @Test
    void aShortGrowsByItsDoublingTimeAndBecomesAHardOne() {
        Storyline story = Storyline.growingShort(3600, 1e-6, 2, 10);
        assertThat(story.leakSiemensPerCm2(3599)).isZero();
        assertThat(story.leakSiemensPerCm2(3600)).isEqualTo(1e-6);
        assertThat(story.leakSiemensPerCm2(5 * 3600)).isCloseTo(4e-6, within(1e-12));
        assertThat(story.leakSiemensPerCm2(11 * 3600)).isEqualTo(Storyline.Leak.HARD_SIEMENS_PER_CM2);
    }

    @Test
    void aCellWithLittleLithiumLosesCapacityOnceItsSpareIsUsedUp() {
        VirtualCellConfig plenty = config(PROGRAMME, 1);
        CellUnderTest rich = FullOrderUnderTest.of(plenty);
        CellUnderTest poor = FullOrderUnderTest.of(new VirtualCellConfig(
                plenty.design(),
                plenty.barcode(),
                plenty.seed(),
                plenty.capacityAh(),
                plenty.areaCm2(),
                plenty.programme(),
                plenty.logging(),
                plenty.instrument(),
                Storyline.shortOfLithium(0.01, 0.8)));
        charge(rich, 1800);
        charge(poor, 1800);
        assertThat(discharged(poor)).isLessThan(0.95 * discharged(rich));
    }

    private static void charge(CellUnderTest cell, double seconds) {
        cell.advance(new CellUnderTest.Hold.Current(1), seconds, CellUnderTest.Limits.NONE);
    }

    private static double discharged(CellUnderTest cell) {
        return -cell.advance(
                        new CellUnderTest.Hold.Current(-1),
                        3600,
                        new CellUnderTest.Limits(2.8, Double.POSITIVE_INFINITY, 0))
                .chargeAs();
    }

    @Test
    void programmesThatCannotRunAreRefused() {
        assertThatThrownBy(() -> new Programme(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Programme(List.of(new Step.Rest(1), new Step.Loop(2, 3))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("step 2");
    }

    private static double charge(CellUnderTest cell) {
        return cell.advance(new CellUnderTest.Hold.Current(1), 60, CellUnderTest.Limits.NONE)
                .voltageV();
    }

    private static double largest(List<Row> rows, String word) {
        return rows.stream()
                .filter(r -> r.word().equals(word))
                .mapToDouble(Row::stepChargeAh)
                .max()
                .orElseThrow();
    }

    static VirtualCellConfig config(Programme programme, long seed) {
        return new VirtualCellConfig(
                "pouch-5c-ncm523-ppla",
                "p1",
                seed,
                0.38,
                297,
                programme,
                LoggingPlan.USUAL,
                Instrument.sixteenBit(4, 3),
                Storyline.HEALTHY);
    }

    private static VirtualChannel channel(boolean fullOrder) {
        if (!fullOrder) {
            return linear(PROGRAMME);
        }
        VirtualCellConfig config = config(Programme.fastCharge(5, 4.4, 2, 2.8, 300, 100), 1);
        return new VirtualChannel("27-21-1-1", config, FullOrderUnderTest.of(config), RowStore.inMemory(), 1);
    }

    private static VirtualChannel linear(Programme programme) {
        VirtualCellConfig config = new VirtualCellConfig(
                "linear",
                "b",
                1,
                1.2,
                300,
                programme,
                LoggingPlan.USUAL,
                Instrument.sixteenBit(12, 3),
                Storyline.HEALTHY);
        return new VirtualChannel("27-21-1-1", config, LinearCell.of(config), RowStore.inMemory(), 1);
    }

    private static List<Row> rows(VirtualChannel channel) throws IOException {
        return channel.rows().read(1, Integer.MAX_VALUE);
    }
}
