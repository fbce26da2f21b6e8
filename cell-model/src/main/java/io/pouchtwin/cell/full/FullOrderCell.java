package io.pouchtwin.cell.full;

import io.pouchtwin.cell.PhysicalConstants;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.CellParameters.Cathode;
import java.util.Arrays;

/**
 * A lithium metal half cell in full order. See {@link StageSolver} for the equations and {@link RungeKutta} for the steps in time, whose
 * length follows an error estimate, so results do not depend on how a step is cut beyond that tolerance.
 *
 * <p>No memory is allocated while steps are computed, except the report of each {@link #advance}.
 */
public final class FullOrderCell implements SimulatedCell {
    /** Error allowed per step in time, as a voltage [V]. */
    public static final double DEFAULT_TOLERANCE_V = 3e-5;

    private static final double FIRST_STEP_S = 0.05;
    private static final double LONGEST_STEP_S = 600;
    /** Steps without solution in one advance after which the cell counts as unable to go on; a healthy discharge has fewer than ten. */
    private static final int MOST_FAILURES = 300;

    private static final double SHORTEST_STEP_S = 1e-7;
    /** Long enough that storage does not swamp the balances, short enough that nothing moves. */
    private static final double INSTANT_S = 1e-9;

    private final CellParameters parameters;
    private final Mesh mesh;
    private final StageSolver solver;
    private final RungeKutta method;
    private final ErrorWeights weights;
    private final FieldState now;
    private final FieldState instant;
    private final EventFinder events = new EventFinder();
    private SlowState slow;
    private double inventory;
    private double lost;
    private double efficiency;
    private double suggestedStep = FIRST_STEP_S;
    private double chargePassed;
    private double energyPassed;

    private FullOrderCell(CellParameters parameters, Mesh mesh, double toleranceV) {
        Accepted.ambient(parameters.thermal().ambientK());
        Cathode cathode = parameters.requireCathode();
        this.parameters = parameters;
        this.mesh = mesh;
        this.solver = new StageSolver(parameters, mesh);
        this.method = new RungeKutta(solver, mesh);
        this.weights = new ErrorWeights(toleranceV, cathode.openCircuitVoltage(), mesh.shells());
        this.now = new FieldState(mesh);
        this.instant = new FieldState(mesh);
        this.slow = SlowState.fresh(parameters);
        this.efficiency = parameters.lithium().efficiency();
    }

    /** At rest at the upper voltage limit. */
    public static FullOrderCell charged(CellParameters parameters, Mesh mesh) {
        return at(parameters, mesh, parameters.chargedStoichiometry());
    }

    /** At rest at the lower voltage limit, as a cell is when it is made: all lithium beyond the foil is in the cathode. */
    public static FullOrderCell discharged(CellParameters parameters, Mesh mesh) {
        return at(parameters, mesh, parameters.dischargedStoichiometry());
    }

    /**
     * At rest at a stoichiometry. A cell is made discharged, so the foil carries its own lithium and what the cathode has given up since.
     */
    public static FullOrderCell at(CellParameters parameters, Mesh mesh, double stoichiometry) {
        return at(parameters, mesh, stoichiometry, DEFAULT_TOLERANCE_V);
    }

    /** The same with another error allowed per step [V]. */
    public static FullOrderCell at(CellParameters parameters, Mesh mesh, double stoichiometry, double toleranceV) {
        if (!(stoichiometry > 0 && stoichiometry < 1)) {
            throw new IllegalArgumentException("stoichiometry: " + stoichiometry + ", expected between 0 and 1");
        }
        if (!(toleranceV > 0)) {
            throw new IllegalArgumentException("toleranceV: " + toleranceV + ", expected a positive voltage");
        }
        FullOrderCell cell = new FullOrderCell(parameters, mesh, toleranceV);
        cell.rest(stoichiometry);
        return cell;
    }

    private void rest(double stoichiometry) {
        Cathode cathode = parameters.requireCathode();
        double ambient = parameters.thermal().ambientK();
        Arrays.fill(now.salt, 1);
        Arrays.fill(now.filling, stoichiometry);
        Arrays.fill(now.surface, stoichiometry);
        now.coreK = ambient;
        now.outerK = ambient;
        double open = cathode.openCircuitVoltage().voltage(stoichiometry)
                + (ambient - parameters.referenceTemperatureK())
                        * cathode.entropic().at(stoichiometry);
        Arrays.fill(now.solidPotential, solver.grid.membraneCells, solver.grid.cells, open);
        now.voltage = open;
        double given = parameters.dischargedStoichiometry() - stoichiometry;
        inventory = parameters.lithium().inventoryMolPerM2()
                + given * cathode.arealChargeCPerM2() / PhysicalConstants.FARADAY_C_PER_MOL;
    }

    @Override
    public StepReport advance(Drive drive, double seconds, Limits limits) {
        Accepted.drive(drive, seconds);
        chargePassed = 0;
        energyPassed = 0;
        solver.terminal.hold(drive, parameters.areaM2());
        instant.copyFrom(now);
        if (!solver.solve(now, instant, INSTANT_S)) {
            return report(0, Stop.SATURATED);
        }
        instant.coreK = now.coreK;
        instant.outerK = now.outerK;
        now.copyFrom(instant);
        events.watch(drive, limits, parameters.areaM2());
        Stop already = events.reached(now, outer(now), inventory);
        if (already != Stop.TIME || seconds == 0) {
            return report(0, already);
        }
        return steps(seconds);
    }

    private StepReport steps(double seconds) {
        double elapsed = 0;
        int failures = 0;
        double step = Math.min(suggestedStep, seconds);
        while (elapsed < seconds) {
            double left = seconds - elapsed;
            boolean cut = step >= left;
            double h = cut ? left : Math.min(step, step > 0.5 * left ? 0.5 * left : step);
            if (!method.attempt(now, h, weights)) {
                step = 0.25 * h;
                failures++;
                if (step < SHORTEST_STEP_S || failures > MOST_FAILURES) {
                    return report(elapsed, Stop.SATURATED);
                }
                continue;
            }
            double factor = 0.9 / Math.cbrt(Math.max(method.error, 1e-4));
            if (!(method.error <= 1) && h > SHORTEST_STEP_S) {
                step = h * Math.max(0.1, Math.min(factor, 0.8));
                continue;
            }
            Stop stop = events.reached(method.end, outer(method.end), inventoryAfter());
            if (stop != Stop.TIME) {
                return locate(elapsed, h);
            }
            accept();
            elapsed = cut ? seconds : elapsed + h;
            double next = Math.min(h * Math.max(0.3, Math.min(factor, 4)), LONGEST_STEP_S);
            step = cut ? Math.max(next, step) : next;
            suggestedStep = step;
        }
        return report(elapsed, Stop.TIME);
    }

    /** Finds the event within the step just tried by trying shorter ones, and stops there. */
    private StepReport locate(double elapsed, double h) {
        Stop stop = events.earliest(now, outer(now), inventory, method.end, outer(method.end), inventoryAfter());
        double low = 0;
        double high = h;
        double atLow = events.margin(stop, now, outer(now), inventory);
        double atHigh = events.margin(stop, method.end, outer(method.end), inventoryAfter());
        double tried = h;
        int side = 0;
        for (int i = 0; i < EventFinder.MAX_TRIES && Math.abs(atHigh) > events.tolerance(stop); i++) {
            double share = atLow / (atLow - atHigh);
            tried = low + (high - low) * Math.min(Math.max(share, 0.02), 0.98);
            if (!method.attempt(now, tried, weights)) {
                break;
            }
            double margin = events.margin(stop, method.end, outer(method.end), inventoryAfter());
            if (margin > 0 && margin > events.tolerance(stop)) {
                low = tried;
                atLow = margin;
                atHigh = side == 1 ? 0.5 * atHigh : atHigh;
                side = 1;
            } else {
                high = tried;
                atHigh = margin;
                atLow = side == -1 ? 0.5 * atLow : atLow;
                side = -1;
            }
        }
        if (tried != high && !method.attempt(now, high, weights)) {
            return report(elapsed, Stop.SATURATED);
        }
        accept();
        return report(elapsed + high, stop);
    }

    private double inventoryAfter() {
        return inventory + stripped(method.innerCharge);
    }

    /** Change of the inventory by a charge [C/m2], positive on discharge; of plated lithium a share is lost. */
    private double stripped(double charge) {
        double mol = -charge / PhysicalConstants.FARADAY_C_PER_MOL;
        return mol > 0 ? efficiency * mol : mol;
    }

    private void accept() {
        double change = stripped(method.innerCharge);
        inventory += change;
        if (change > 0) {
            lost += change / efficiency * (1 - efficiency);
        }
        chargePassed -= method.outerCharge * parameters.areaM2();
        energyPassed -= method.outerEnergy * parameters.areaM2();
        now.copyFrom(method.end);
    }

    private double outer(FieldState state) {
        return solver.terminal.outerCurrent(state.voltage, state.current);
    }

    private StepReport report(double elapsed, Stop stop) {
        return new StepReport(elapsed, stop, voltageV(), ampere(), now.outerK, chargePassed, energyPassed);
    }

    @Override
    public CellParameters parameters() {
        return parameters;
    }

    @Override
    public double voltageV() {
        return now.voltage;
    }

    @Override
    public double ampere() {
        return 0.0 - outer(now) * parameters.areaM2();
    }

    @Override
    public double temperatureK() {
        return now.outerK;
    }

    @Override
    public double coreTemperatureK() {
        return now.coreK;
    }

    @Override
    public double lithiumInventoryMolPerM2() {
        return inventory;
    }

    @Override
    public double lostLithiumMolPerM2() {
        return lost;
    }

    /** Lithium in the cathode's connected active material, per electrode area [mol/m2]. */
    public double cathodeLithiumMolPerM2() {
        Cathode cathode = parameters.requireCathode();
        return cathode.arealChargeCPerM2()
                * slow.activeFraction()
                / PhysicalConstants.FARADAY_C_PER_MOL
                * meanStoichiometry();
    }

    /** Mean stoichiometry of the cathode. */
    public double meanStoichiometry() {
        double sum = 0;
        for (int m = 0; m < mesh.cathodeCells(); m++) {
            sum += solver.grid.share(m) * solver.particles.mean(now, m);
        }
        return sum;
    }

    /** Surface stoichiometry averaged over the cathode's thickness. */
    public double meanSurfaceStoichiometry() {
        double sum = 0;
        for (int m = 0; m < mesh.cathodeCells(); m++) {
            sum += solver.grid.share(m) * now.surface[m];
        }
        return sum;
    }

    /** Salt in membrane and pores over the initial salt; 1 up to rounding. */
    public double relativeSalt() {
        double sum = 0;
        double full = 0;
        for (int k = 0; k < solver.grid.cells; k++) {
            double storage = solver.grid.porosity[k] * solver.grid.width[k];
            sum += storage * now.salt[k];
            full += storage;
        }
        return sum / full;
    }

    /** Relative salt concentration in the first membrane cell, next to the lithium. */
    public double saltAtLithium() {
        return now.salt[0];
    }

    /** Relative salt concentration in the last cathode cell, next to the collector. */
    public double saltAtCollector() {
        return now.salt[solver.grid.cells - 1];
    }

    @Override
    public SlowState slow() {
        return slow;
    }

    @Override
    public void age(SlowState next) {
        double before = cathodeLithiumMolPerM2();
        take(next);
        // active material that loses contact keeps the lithium in it
        lost += before - cathodeLithiumMolPerM2();
    }

    private void take(SlowState next) {
        slow = next;
        solver.age(next);
    }

    @Override
    public void setLithiumInventory(double molPerM2) {
        inventory = Accepted.inventory(molPerM2);
    }

    @Override
    public void setEfficiency(double share) {
        efficiency = Accepted.efficiency(share);
    }

    @Override
    public void setAmbient(double kelvin) {
        solver.heat.setAmbient(Accepted.ambient(kelvin));
    }

    @Override
    public int stateSize() {
        return now.size() + 11;
    }

    @Override
    public double[] save() {
        double[] state = new double[stateSize()];
        int at = now.save(state, 0);
        double[] rest = {
            inventory,
            lost,
            efficiency,
            suggestedStep,
            solver.heat.ambientK(),
            slow.filmResistanceOhmM2(),
            slow.deadLithiumMolPerM2(),
            slow.contactUtilisation(),
            slow.activeFraction(),
            slow.membraneConductivityFactor(),
            slow.leakConductanceSiemensPerM2()
        };
        System.arraycopy(rest, 0, state, at, rest.length);
        return state;
    }

    @Override
    public void restore(double[] state) {
        if (state.length != stateSize()) {
            throw new IllegalArgumentException("state: " + state.length + " numbers, expected " + stateSize());
        }
        int at = now.restore(state, 0);
        inventory = state[at];
        lost = state[at + 1];
        efficiency = state[at + 2];
        suggestedStep = state[at + 3];
        setAmbient(state[at + 4]);
        take(new SlowState(state[at + 5], state[at + 6], state[at + 7], state[at + 8], state[at + 9], state[at + 10]));
    }
}
