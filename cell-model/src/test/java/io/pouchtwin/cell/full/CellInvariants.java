package io.pouchtwin.cell.full;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pouchtwin.cell.parameters.CellParameters;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

/** What must hold for a cell of any kind; each kind says how it is made and what its lithium is. */
abstract class CellInvariants {
    abstract SimulatedCell cell();

    /** All lithium in the metal, lost and in the cathode [mol/m2]. */
    abstract double allLithium(SimulatedCell cell);

    /** Salt in the cell over its initial salt. */
    abstract double salt(SimulatedCell cell);

    /** A current density that the cell carries for minutes [A/m2]. */
    private Drive current(SimulatedCell cell, double amperePerM2) {
        return new Drive.Current(amperePerM2 * cell.parameters().areaM2());
    }

    @Example
    void aRestingCellStaysPut() {
        SimulatedCell cell = cell();
        double before = cell.advance(Drive.rest(), 0, Limits.NONE).voltageV();

        StepReport report = cell.advance(Drive.rest(), 1e5, Limits.NONE);

        assertThat(report.stop()).isEqualTo(Stop.TIME);
        assertThat(report.voltageV()).isCloseTo(before, within(1e-9));
        assertThat(report.chargeC()).isZero();
    }

    @Property(tries = 15)
    void chargingRaisesAndDischargingLowersTheVoltage(@ForAll @DoubleRange(min = 0.01, max = 40) double density) {
        double rest = cell().advance(Drive.rest(), 0, Limits.NONE).voltageV();
        SimulatedCell charged = cell();
        SimulatedCell discharged = cell();

        assertThat(charged.advance(current(charged, density), 0, Limits.NONE).voltageV())
                .isGreaterThan(rest);
        assertThat(discharged
                        .advance(current(discharged, -density), 0, Limits.NONE)
                        .voltageV())
                .isLessThan(rest);
    }

    @Property(tries = 12)
    void lithiumAndSaltAreConserved(
            @ForAll @DoubleRange(min = -20, max = 20) double first,
            @ForAll @DoubleRange(min = -20, max = 20) double second) {
        SimulatedCell cell = cell();
        double before = allLithium(cell);

        cell.advance(current(cell, first), 200, Limits.NONE);
        cell.advance(Drive.rest(), 50, Limits.NONE);
        cell.advance(current(cell, second), 200, Limits.NONE);

        assertThat(allLithium(cell) / before - 1).isCloseTo(0, within(1e-10));
        assertThat(salt(cell) - 1).isCloseTo(0, within(1e-10));
    }

    @Property(tries = 8)
    void theResultDoesNotDependOnHowAStepIsCut(
            @ForAll @DoubleRange(min = -15, max = 15) double density,
            @ForAll @DoubleRange(min = 1, max = 60) double cut) {
        SimulatedCell whole = cell();
        SimulatedCell pieces = cell();
        double seconds = 180;

        whole.advance(current(whole, density), seconds, Limits.NONE);
        double done = 0;
        while (done < seconds) {
            double piece = Math.min(cut, seconds - done);
            pieces.advance(current(pieces, density), piece, Limits.NONE);
            done += piece;
        }

        assertThat(pieces.voltageV()).isCloseTo(whole.voltageV(), within(3e-4));
        assertThat(pieces.temperatureK()).isCloseTo(whole.temperatureK(), within(1e-3));
    }

    @Example
    void aRestoredCellContinuesWithTheSameBits() {
        SimulatedCell cell = cell();
        cell.advance(current(cell, -5), 100, Limits.NONE);
        SimulatedCell copy = cell();
        copy.restore(cell.save());

        StepReport original = cell.advance(current(cell, -12), 77, Limits.NONE);
        StepReport restored = copy.advance(current(copy, -12), 77, Limits.NONE);

        assertThat(restored).isEqualTo(original);
        assertThat(copy.save()).isEqualTo(cell.save());
    }

    @Example
    void holdingAVoltageFindsTheCurrentThatGivesIt() {
        SimulatedCell cell = cell();
        double target = cell.advance(current(cell, 3), 5, Limits.NONE).voltageV();
        SimulatedCell held = cell();
        held.advance(current(held, 3), 5, Limits.NONE);

        StepReport report = held.advance(new Drive.Voltage(target), 0, Limits.NONE);

        assertThat(report.ampere() / held.parameters().areaM2()).isCloseTo(3, within(1e-4));
    }

    @Example
    void aLeakTakesItsCurrentThroughTheCell() {
        SimulatedCell cell = cell();
        cell.age(cell.slow().withLeakConductance(0.5));
        CellParameters p = cell.parameters();

        StepReport report = cell.advance(current(cell, 4), 1, Limits.NONE);

        assertThat(report.ampere() / p.areaM2()).isCloseTo(4, within(1e-9));
        SimulatedCell inner = cell();
        inner.advance(current(inner, 4 - 0.5 * report.voltageV()), 1, Limits.NONE);
        assertThat(report.voltageV()).isCloseTo(inner.voltageV(), within(1e-3));
    }

    @Example
    void numbersThatMeanNothingAreRefusedAndLeaveTheCellAsItWas() {
        SimulatedCell cell = cell();
        double[] before = cell.save();

        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> cell.advance(new Drive.Current(bad), 1, Limits.NONE))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> cell.advance(Drive.rest(), bad, Limits.NONE))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> cell.setAmbient(bad)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> cell.setAmbient(2000)).hasMessageContaining("2000");
        assertThat(cell.save()).isEqualTo(before);
    }

    @Property(tries = 10)
    void anExtremeCurrentEndsFlaggedAndFinite(
            @ForAll @DoubleRange(min = 10, max = 1e6) double magnitude, @ForAll boolean charging) {
        double ampere = charging ? magnitude : -magnitude;
        SimulatedCell cell = cell();

        StepReport report = cell.advance(new Drive.Current(ampere), 3600, Limits.NONE);

        assertThat(report.stop()).isNotEqualTo(Stop.TIME);
        assertThat(cell.save()).doesNotContain(Double.NaN);
        StepReport after = cell.advance(Drive.rest(), 10, Limits.NONE);
        assertThat(after.voltageV()).isFinite();
    }
}
