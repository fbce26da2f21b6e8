package io.pouchtwin.twin.ensemble;

import io.pouchtwin.cell.math.Elementary;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import io.pouchtwin.cell.reduced.Ensemble;
import io.pouchtwin.cell.reduced.MemberParameter;
import io.pouchtwin.cell.reduced.Output;
import io.pouchtwin.cell.reduced.ReducedCell;
import io.pouchtwin.cell.reduced.StateLayout;
import io.pouchtwin.cell.reduced.Workspace;
import io.pouchtwin.contracts.v1.CellRegistration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The twin's cell, prior and model error for filters of other kinds that it is compared with: any number of cells of one
 * design side by side, in the coordinates that the twin's own filter moves, without a filter.
 *
 * <p>The coordinates of a cell, in this order: profiles of particles and salt, two temperatures [K]; slow quantities,
 * independent and standard normal under the prior; the two errors that fade, the model's own and its surface's, and the
 * three that last, standard normal too. The lithium follows the charge and is no coordinate: voltage does not show it. Belongs to one thread.
 */
public final class CellCoordinates {
    /** Errors that forget themselves. */
    public static final int FADING = 2;

    private static final int ERRORS = FADING + 3;
    private static final double SECONDS_PER_HOUR = 3600;

    private final ReducedCellShared shared;
    private final ReducedCell cell;
    private final Ensemble ensemble;
    private final Workspace workspace;
    private final SlowRows slow;
    private final Discrepancy discrepancy;
    private final VoltageWindow window;
    private final double[][] rows;
    private final int temperature;
    private boolean resting;

    private CellCoordinates(ReducedCellShared shared, int members) {
        this.shared = shared;
        cell = shared.cell;
        ensemble = cell.newEnsemble(members);
        workspace = cell.newWorkspace(members);
        slow = new SlowRows(shared.prior, shared.referenceTemperatureK, members);
        discrepancy = new Discrepancy(shared.modelError, shared.oneCDensity, members);
        window = new VoltageWindow(shared.lowestVoltageV, shared.highestVoltageV);
        StateLayout layout = cell.layout();
        List<double[]> all = new ArrayList<>();
        for (int row = 0; row < layout.reaction(0); row++) {
            all.add(ensemble.state(row));
        }
        temperature = all.size() + 1;
        all.add(ensemble.state(layout.coreTemperature()));
        all.add(ensemble.state(layout.surfaceTemperature()));
        all.addAll(List.of(slow.rows()));
        all.add(discrepancy.passing.u);
        all.add(discrepancy.surface.u);
        all.addAll(List.of(discrepancy.lasting));
        rows = all.toArray(new double[0][]);
        discrepancy.begin();
    }

    /** Cells of a shipped design. */
    public static CellCoordinates of(String design, int members) throws UnknownDesignException {
        CellDesign known = ReducedCellModels.shipped()
                .designOf(CellRegistration.newBuilder().setDesign(design).build());
        return new CellCoordinates(
                new ReducedCellShared(known, ParameterLibrary.shipped().load(design)), members);
    }

    /** Rows {@code [coordinate][cell]}; written to by the filter. */
    public double[][] rows() {
        return rows;
    }

    /** Number of coordinates that the physics moves: the first. */
    public int fast() {
        return temperature + 1;
    }

    /** Number of coordinates that are stoichiometries of the particles' shells: the first. */
    public int shells() {
        return cell.layout().salt(0);
    }

    /** Number of slow quantities, which follow. */
    public int slow() {
        return slow.rows().length;
    }

    /** Coordinate of the temperature where the sensor sits. */
    public int temperature() {
        return temperature;
    }

    /** Coordinate of the first of the errors that fade. */
    public int fading() {
        return rows.length - ERRORS;
    }

    /** Puts each cell, with its own slow quantities and even profiles, where it shows a voltage [V] under a current [A]. */
    public void startAtVoltage(double voltageV, double currentA, double temperatureK) {
        resting = currentA == 0;
        Arrays.fill(ensemble.state(cell.layout().coreTemperature()), temperatureK);
        write();
        cell.startAtVoltage(ensemble, workspace, voltageV, currentA, temperatureK);
        Arrays.fill(ensemble.state(cell.layout().inventory()), 10 * cell.initialInventoryMolPerM2());
        errorsAt(currentA);
    }

    /** Makes all cells equal to the first, in their coordinates and in what goes with them. */
    public void copyFirst() {
        for (int j = 1; j < ensemble.members(); j++) {
            ensemble.copyMember(ensemble, 0, j);
        }
        for (double[] row : rows) {
            Arrays.fill(row, row[0]);
        }
    }

    /** Moves all cells over an interval; {@link #passErrors} and {@link #evaluate} have to follow. */
    public void step(Interval interval) {
        resting = interval.meanCurrentA() == 0 && interval.endCurrentA() == 0;
        write();
        cell.step(
                ensemble,
                workspace,
                interval.lengthS(),
                interval.meanCurrentA(),
                interval.endCurrentA(),
                interval.ambientK());
    }

    /** Brings the voltages up to date after coordinates were changed. */
    public void evaluate(double currentA) {
        write();
        cell.evaluate(ensemble, workspace, currentA);
        addErrors();
    }

    /** Voltage of each cell [V], with its errors. */
    public double[] voltages() {
        return ensemble.output(Output.VOLTAGE);
    }

    /** Mean stoichiometry of each cell [1]; linear in the profiles. */
    public double[] meanStoichiometry() {
        return ensemble.output(Output.MEAN_STOICHIOMETRY);
    }

    /** State of charge at a mean stoichiometry [1]. */
    public double soc(double meanStoichiometry) {
        return (shared.dischargedStoichiometry - meanStoichiometry)
                / (shared.dischargedStoichiometry - shared.chargedStoichiometry);
    }

    /** Film resistance of each cell [ohm m2], as it was written last. */
    public double[] film() {
        return slow.film;
    }

    /** The same before it is bent away from zero. */
    public double[] straightFilm() {
        return slow.straightFilm;
    }

    /** Capacity of a cell [Ah], as it was written last. */
    public double capacityAh(int member) {
        return shared.capacityAh * ensemble.parameter(MemberParameter.ACTIVE_FRACTION_FACTOR)[member];
    }

    /** Capacity that 1 C refers to [Ah]. */
    public double nominalCapacityAh() {
        return shared.design.nominalCapacityAh();
    }

    /** Temperature assumed where no sensor reports one [K]. */
    public double referenceTemperatureK() {
        return cell.parameters().thermal().ambientK();
    }

    /** Slope of the open-circuit voltage at the first cell's surface [V]. */
    public double openCircuitSlope() {
        double x = ensemble.output(Output.SURFACE_STOICHIOMETRY)[0];
        double half = 1e-3;
        return (cell.restVoltage(x - half) - cell.restVoltage(x + half)) / (2 * half);
    }

    /** How much of slow quantity k is kept over a time; the rest is drawn towards the prior, see {@link #slowFresh}. */
    public double slowKept(int k, double lengthS) {
        List<SlowQuantity> quantities = shared.prior.quantities();
        double memoryH = k < quantities.size() ? quantities.get(k).memoryH() : SlowQuantity.LASTING_MEMORY_H;
        return Elementary.exp(-lengthS / SECONDS_PER_HOUR / memoryH);
    }

    /** Variance that slow quantity k gains over a time, where the first cell's film is the filter's. */
    public double slowFresh(int k, double lengthS) {
        double kept = slowKept(k, lengthS);
        List<SlowQuantity> quantities = shared.prior.quantities();
        boolean film = k < quantities.size()
                && quantities.get(k).target() == MemberParameter.FILM_RESISTANCE
                && !quantities.get(k).logarithmic();
        double pace = film ? Math.min(3, slow.film[0] / quantities.get(k).centre()) : 1;
        return (1 - kept * kept) * pace * pace;
    }

    /**
     * Sizes of the errors at the end of an interval, as the first cell has it.
     *
     * @return how much of each of the errors that fade is kept over the interval
     */
    public double[] passErrors(Interval interval, double lastCurrentA) {
        double nominal = nominalCapacityAh();
        double chargeShare = interval.meanCurrentA() * interval.lengthS() / SECONDS_PER_HOUR / nominal;
        double change = (interval.endCurrentA() - lastCurrentA) / nominal;
        double forgotten = ModelError.forgetting(interval.lengthS(), chargeShare, change);
        double before = discrepancy.passingV();
        discrepancy.forgetSurface(chargeShare, interval.endCurrentA() / nominal, openCircuitSlope());
        errorsAt(interval.endCurrentA());
        discrepancy.linger(before, interval.lengthS());
        return new double[] {
            Elementary.exp(-forgotten) * Math.min(1, before / discrepancy.passingV()),
            Elementary.exp(-ModelError.surfaceForgetting(chargeShare, change))
        };
    }

    private void errorsAt(double currentA) {
        discrepancy.at(currentA / nominalCapacityAh(), soc(meanStoichiometry()[0]));
    }

    /** What one standard deviation of an error that fades does to the voltage [V]. */
    public double fadingV(int k) {
        return k == 0 ? discrepancy.passingV() : -openCircuitSlope() * discrepancy.surfaceSigma();
    }

    /** Adds the errors, as each cell has them, to the voltages. */
    private void addErrors() {
        discrepancy.write();
        window.hold(ensemble, discrepancy.volts);
    }

    /** Brings what follows from the slow coordinates up to date: parameters, film, capacity. */
    public void write() {
        slow.write(ensemble, ensemble.state(cell.layout().coreTemperature())[0]);
        discrepancy.writeSurface(ensemble.parameter(MemberParameter.SURFACE_STOICHIOMETRY_OFFSET));
        if (resting) {
            // what the sensor shows at rest is nothing: the tester's relay is open
            Arrays.fill(ensemble.parameter(MemberParameter.CURRENT_OFFSET), 0);
        }
        cell.hold(ensemble);
    }
}
