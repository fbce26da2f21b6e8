package io.pouchtwin.gateway.emulator;

import io.pouchtwin.cell.full.Drive;
import io.pouchtwin.cell.full.FullOrderCell;
import io.pouchtwin.cell.full.Mesh;
import io.pouchtwin.cell.full.SimulatedCell;
import io.pouchtwin.cell.full.SlowState;
import io.pouchtwin.cell.full.StepReport;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.ParameterLibrary;

/**
 * A full-order model of a cell, with parameters drawn from their spread: what production clamps to a channel. The twin runs on other
 * equations and on the mean parameters, so it is never tested against itself.
 */
final class FullOrderUnderTest implements CellUnderTest {
    private static final double KELVIN_AT_0_DEGC = 273.15;
    private static final double SQUARE_CM_PER_SQUARE_M = 1e4;

    private final SimulatedCell cell;
    private final SlowState fresh;

    private FullOrderUnderTest(SimulatedCell cell) {
        this.cell = cell;
        this.fresh = cell.slow();
    }

    /** A discharged cell of the configured design, drawn with its seed. */
    static CellUnderTest of(VirtualCellConfig config) {
        CellParameters parameters = ParameterLibrary.shipped()
                .load(config.design())
                .draw(config.seed())
                .toCellParameters();
        SimulatedCell cell = FullOrderCell.discharged(parameters, Mesh.COARSE);
        Storyline.Lithium lithium = config.storyline().lithium();
        cell.setLithiumInventory(lithium.share() * cell.lithiumInventoryMolPerM2());
        if (!Double.isNaN(lithium.efficiency())) {
            cell.setEfficiency(lithium.efficiency());
        }
        return new FullOrderUnderTest(cell);
    }

    @Override
    public Advance advance(Hold hold, double seconds, Limits limits) {
        Drive drive = hold instanceof Hold.Voltage held
                ? new Drive.Voltage(held.voltageV())
                : new Drive.Current(((Hold.Current) hold).currentA());
        StepReport report = cell.advance(
                drive,
                seconds,
                new io.pouchtwin.cell.full.Limits(
                        limits.voltageMinV(), limits.voltageMaxV(), limits.taperA(), Double.POSITIVE_INFINITY));
        End end = switch (report.stop()) {
            case TIME -> End.TIME;
            case VOLTAGE_MIN, VOLTAGE_MAX, TAPER, TEMPERATURE -> End.LIMIT;
            case LITHIUM_EXHAUSTED, SATURATED -> End.PHYSICAL;
        };
        return new Advance(
                report.elapsedS(),
                end,
                report.voltageV(),
                report.ampere(),
                report.temperatureK() - KELVIN_AT_0_DEGC,
                report.chargeC(),
                report.energyJ());
    }

    @Override
    public void tell(Storyline storyline, double testerTimeS) {
        SlowState now = fresh.withLeakConductance(storyline.leakSiemensPerCm2(testerTimeS) * SQUARE_CM_PER_SQUARE_M)
                .withFilmResistance(
                        fresh.filmResistanceOhmM2() + storyline.addedFilmOhmCm2(testerTimeS) / SQUARE_CM_PER_SQUARE_M);
        if (!now.equals(cell.slow())) {
            cell.age(now);
        }
    }

    @Override
    public double[] save() {
        return cell.save();
    }

    @Override
    public void restore(double[] state) {
        cell.restore(state);
    }
}
