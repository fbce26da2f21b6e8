package io.pouchtwin.twin.softshort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoftShortWatchTest {

    @ParameterizedTest
    @ValueSource(doubles = {20, 50, 100, 200})
    void findsALeakAndSaysSinceWhenAndHowLarge(double hoursToEmpty) {
        SoftShortWatch watch = watch();
        CycledCell cell = new CycledCell(3, watch);
        cycles(cell, 8);
        assertThat(watch.called()).isFalse();
        double onset = cell.timeS;
        cell.leakSiemens = 1 / hoursToEmpty / 3.7;
        int used = 0;
        while (!watch.called() && used < 30) {
            cell.cycle();
            used++;
        }
        assertThat(watch.called()).as("called after %d cycles", used).isTrue();
        assertThat(watch.onsetS()).isCloseTo(onset, within(3 * 9000.0));
        cycles(cell, 3);
        Excess leak = watch.leakCurrentA().orElseThrow();
        assertThat(leak.mean()).isCloseTo(1 / hoursToEmpty, within(0.4 / hoursToEmpty));
        assertThat(leak.mean()).isBetween(leak.low(), leak.high());
        assertThat(leak.mean()).isGreaterThan(leak.speaksFrom());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void anAgeingCellUnderAnOffsetCurrentSensorIsNotCalled(long seed) {
        SoftShortWatch watch = watch();
        CycledCell cell = new CycledCell(seed, watch);
        cell.fadePerCycle = 3e-4;
        cell.sensorOffsetA = 0.001;
        cycles(cell, 200);
        assertThat(watch.called()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aCellWhoseResistanceGrowsInAnUnsteadyChamberMissesNoCharge(long seed) {
        SoftShortWatch watch = watch();
        CycledCell cell = new CycledCell(seed, watch);
        cell.resistanceGrowthPerCycle = 0.01;
        cell.chamberShare = 0.03;
        for (int k = 0; k < 100; k++) {
            cell.cycle();
            assertThat(watch.balanceSpeaks()).as("cycle %d", k).isFalse();
        }
    }

    @Test
    void anOffsetThatAppearsMovesOnlyOneSign() {
        SoftShortWatch watch = watch();
        CycledCell cell = new CycledCell(5, watch);
        cycles(cell, 8);
        cell.sensorOffsetA = 0.01;
        cycles(cell, 20);
        assertThat(watch.balanceSpeaks()).isTrue();
        assertThat(watch.driftSpeaks()).isFalse();
        assertThat(watch.called()).isFalse();
    }

    @Test
    void savedAndRestoredItGoesOnToTheBit() {
        SoftShortWatch watch = watch();
        CycledCell cell = new CycledCell(9, watch);
        cycles(cell, 5);
        cell.leakSiemens = 1 / 100.0 / 3.7;
        cycles(cell, 2);
        assertThat(watch.leakCurrentA()).isPresent();
        double[] saved = new double[SoftShortWatch.SAVED_LENGTH];
        watch.save(saved);
        SoftShortWatch other = watch();
        other.restore(saved);
        double[] again = new double[SoftShortWatch.SAVED_LENGTH];
        other.save(again);
        assertThat(again).isEqualTo(saved);
    }

    private static SoftShortWatch watch() {
        return new SoftShortWatch(1, 0.5e-3);
    }

    private static void cycles(CycledCell cell, int count) {
        for (int k = 0; k < count; k++) {
            cell.cycle();
        }
    }
}
