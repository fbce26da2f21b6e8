package io.pouchtwin.cell.reduced;

import io.pouchtwin.cell.PhysicalConstants;
import io.pouchtwin.cell.parameters.CellParameters;
import java.util.Arrays;

/**
 * The reduced-order cell: advances ensembles by steps of any length under a given current, and says what voltage each member shows.
 *
 * <p>Immutable and free to share between threads; ensembles and workspaces are not. A step allocates nothing. It is a function of the ensemble and the arguments alone, to the bit, on every JDK; a member's result does
 * not depend on the other members. Current is positive on charge.
 */
public final class ReducedCell {
    /** Newton iterations of a sub-step at small and at large currents, and of the instant that follows it where the current stays or changes. */
    private static final int CALM_ITERATIONS = 1;

    private static final int BRISK_ITERATIONS = 2;
    private static final int SETTLED_ITERATIONS = 1;
    private static final int SETTLING_ITERATIONS = 2;
    /** Above this rate pores may run dry and surfaces fill up within a few steps [1]. */
    private static final double BRISK_C_RATE = 1.5;

    private static final int STARTING_ITERATIONS = 12;

    private final ReducedDesign design;
    private final StateLayout layout;
    private final SubStepPlan plan;
    private final TemperatureTable temperatures;
    private final ParticleRows particles;
    private final ReactionDistribution reaction;
    private final SaltRows salt;
    private final PoreSalt poreSalt;
    private final CoupledReaction coupled;
    private final TerminalVoltage terminals;
    private final HeatRows heat;

    private ReducedCell(CellParameters cell, ReducedOptions options) {
        design = new ReducedDesign(cell, options);
        layout = new StateLayout(options.nodes(), options.shells(), options.membraneCells(), options.saltPerNode());
        plan = new SubStepPlan(cell.nominalCapacityC(), options);
        temperatures = new TemperatureTable(cell);
        particles = new ParticleRows(design);
        reaction = new ReactionDistribution(design);
        salt = new SaltRows(design);
        poreSalt = new PoreSalt(design);
        coupled = new CoupledReaction(design, reaction, poreSalt);
        terminals = new TerminalVoltage(design);
        heat = new HeatRows(design);
    }

    /** The reduced cell of a parameter set that has a cathode, at the standard resolution. */
    public static ReducedCell of(CellParameters cell) {
        return of(cell, ReducedOptions.standard(cell));
    }

    /** The reduced cell of a parameter set that has a cathode. */
    public static ReducedCell of(CellParameters cell, ReducedOptions options) {
        return new ReducedCell(cell, options);
    }

    /** The parameter set. */
    public CellParameters parameters() {
        return design.cell;
    }

    /** Which state row holds what. */
    public StateLayout layout() {
        return layout;
    }

    /** An ensemble whose members all have the nominal parameters, half charged, at rest at the reference temperature. */
    public Ensemble newEnsemble(int members) {
        Ensemble e = new Ensemble(layout, members);
        for (MemberParameter p : MemberParameter.values()) {
            Arrays.fill(e.parameter(p), nominal(p));
        }
        double middle = 0.5 * (design.cell.chargedStoichiometry() + design.dischargedStoichiometry);
        Arrays.fill(e.state[layout.inventory()], freshInventoryMolPerM2(middle));
        double[] x = new double[members];
        Arrays.fill(x, middle);
        startAtRest(e, x, design.cell.referenceTemperatureK());
        return e;
    }

    /** Rows to work in, for ensembles of this many members. */
    public Workspace newWorkspace(int members) {
        return new Workspace(design, members);
    }

    /** The value of a member parameter that reproduces the parameter set. */
    public double nominal(MemberParameter parameter) {
        return switch (parameter) {
            case CATHODE_EXCHANGE_FACTOR,
                    DIFFUSIVITY_FACTOR,
                    ACTIVE_FRACTION_FACTOR,
                    LITHIUM_EXCHANGE_FACTOR,
                    MEMBRANE_RESISTANCE_FACTOR,
                    PORE_TRANSPORT_FACTOR,
                    SALT_RATE_FACTOR,
                    CONTACT_UTILISATION,
                    HEAT_TRANSFER_FACTOR,
                    HEAT_CAPACITY_FACTOR -> 1;
            case DIFFUSIVITY_SLOPE_CHANGE,
                    LEAK_CONDUCTANCE,
                    CURRENT_OFFSET,
                    VOLTAGE_OFFSET,
                    SURFACE_STOICHIOMETRY_OFFSET -> 0;
            case FILM_RESISTANCE -> design.cell.lithium().filmResistanceOhmM2();
            case CONTACT_RESISTANCE -> design.cell.contactResistanceOhmM2();
            case PLATING_EFFICIENCY -> design.cell.lithium().efficiency();
        };
    }

    /** Lithium that can be stripped from a fresh foil [mol/m2]. */
    public double initialInventoryMolPerM2() {
        return design.inventory;
    }

    /**
     * Lithium that can be stripped in a cell that has lost none [mol/m2]: the foil, when the cathode is fully discharged, and what the cathode has given since.
     */
    public double freshInventoryMolPerM2(double stoichiometry) {
        double given = design.dischargedStoichiometry - stoichiometry;
        return design.inventory
                + given * design.cell.requireCathode().arealChargeCPerM2() / PhysicalConstants.FARADAY_C_PER_MOL;
    }

    /** Stoichiometry whose open-circuit voltage at the reference temperature is the given one [V]; beyond the curve, its end. */
    public double restStoichiometry(double voltageV) {
        double low = 0;
        double high = 1;
        for (int i = 0; i < 60; i++) {
            double middle = 0.5 * (low + high);
            if (design.openCircuit.at(middle) > voltageV) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return 0.5 * (low + high);
    }

    /** Open-circuit voltage [V] at a stoichiometry and the reference temperature. */
    public double restVoltage(double stoichiometry) {
        return design.openCircuit.at(stoichiometry);
    }

    /**
     * Puts every member at rest with even profiles; inventory and parameters stay, flags are cleared.
     *
     * @param stoichiometry of each member [1]
     * @param temperatureK of all members [K]
     */
    public void startAtRest(Ensemble e, double[] stoichiometry, double temperatureK) {
        double held = Math.max(TemperatureTable.COLDEST_K, Math.min(TemperatureTable.HOTTEST_K, temperatureK));
        for (int row = 0; row < layout.salt(0); row++) {
            for (int m = 0; m < e.members; m++) {
                e.state[row][m] = Math.max(0.0, Math.min(1.0, stoichiometry[m]));
            }
        }
        for (int v = 0; v < layout.saltVolumes(); v++) {
            Arrays.fill(e.state[layout.salt(v)], 1.0);
        }
        for (int k = 0; k < layout.nodes(); k++) {
            Arrays.fill(e.state[layout.reaction(k)], 0.0);
        }
        Arrays.fill(e.state[layout.coreTemperature()], held);
        Arrays.fill(e.state[layout.surfaceTemperature()], held);
        Arrays.fill(e.output(Output.SATURATED), 0.0);
        double[] voltage = e.output(Output.VOLTAGE);
        design.openCircuit.row(e.state[0], voltage, e.output(Output.OPEN_CIRCUIT), e.members);
        e.lastCurrentA = 0;
        e.sinceChangeS = 0;
    }

    /** Puts every member at rest at the stoichiometry of an open-circuit voltage [V]. */
    public void startAtRestVoltage(Ensemble e, double voltageV, double temperatureK) {
        double[] x = new double[e.members];
        Arrays.fill(x, restStoichiometry(voltageV));
        startAtRest(e, x, temperatureK);
    }

    /**
     * Puts every member, with even profiles, where it would show this voltage under this current, by bisection on its stoichiometry. Thirty evaluations; for the first sample of a test, not for every one.
     */
    public void startAtVoltage(Ensemble e, Workspace w, double voltageV, double currentA, double temperatureK) {
        double[] low = new double[e.members];
        double[] high = new double[e.members];
        double[] middle = new double[e.members];
        Arrays.fill(high, 1.0);
        for (int i = 0; i < 40; i++) {
            for (int m = 0; m < e.members; m++) {
                middle[m] = 0.5 * (low[m] + high[m]);
            }
            startAtRest(e, middle, temperatureK);
            solve(e, w, currentA, STARTING_ITERATIONS);
            commit(e, w);
            double[] voltage = e.output(Output.VOLTAGE);
            for (int m = 0; m < e.members; m++) {
                boolean tooHigh = voltage[m] > voltageV;
                low[m] = tooHigh ? middle[m] : low[m];
                high[m] = tooHigh ? high[m] : middle[m];
            }
        }
        Arrays.fill(e.output(Output.SATURATED), 0.0);
        e.lastCurrentA = currentA;
    }

    /**
     * Advances all members.
     *
     * @param lengthS length of the step, 0 or more [s]
     * @param meanCurrentA mean current over the step, which moves the charge [A]
     * @param endCurrentA current at the end of the step, under which the voltage is evaluated [A]
     * @param ambientK temperature of the surroundings [K]
     * @throws IllegalArgumentException where an argument is not a finite number or the length is negative; the ensemble is then untouched
     */
    public void step(
            Ensemble e, Workspace w, double lengthS, double meanCurrentA, double endCurrentA, double ambientK) {
        requireFinite("lengthS", lengthS);
        requireFinite("meanCurrentA", meanCurrentA);
        requireFinite("endCurrentA", endCurrentA);
        requireFinite("ambientK", ambientK);
        if (lengthS < 0) {
            throw new IllegalArgumentException("lengthS: " + lengthS + ", expected 0 or more");
        }
        if (plan.changed(e.lastCurrentA, meanCurrentA)) {
            e.sinceChangeS = 0;
        }
        e.lastCurrentA = meanCurrentA;
        double remaining = lengthS;
        while (remaining > 0) {
            double h = plan.next(remaining, lengthS, e.sinceChangeS, meanCurrentA);
            subStep(e, w, h, meanCurrentA, ambientK);
            e.sinceChangeS += h;
            remaining -= h;
        }
        boolean settled = lengthS > 0 && endCurrentA == meanCurrentA;
        solve(e, w, endCurrentA, settled ? SETTLED_ITERATIONS : SETTLING_ITERATIONS);
        commit(e, w);
    }

    /** Brings all outputs up to date for the present states and parameters under a current [A], without advancing: after a filter's update, or for the voltage right after a current has changed. */
    public void evaluate(Ensemble e, Workspace w, double currentA) {
        requireFinite("currentA", currentA);
        solve(e, w, currentA, SETTLING_ITERATIONS);
        commit(e, w);
    }

    /**
     * The voltage each member would show at once under another current; the ensemble stays as it is.
     *
     * @param currentA the hypothetical current [A]
     * @param voltageV receives the voltages [V]
     */
    public void voltageAt(Ensemble e, Workspace w, double currentA, double[] voltageV) {
        requireFinite("currentA", currentA);
        solve(e, w, currentA, STARTING_ITERATIONS);
        terminals.parts(e, w, w.parts);
        terminals.interior(w, w.parts, voltageV);
        double[] offset = e.parameter(MemberParameter.VOLTAGE_OFFSET);
        for (int m = 0; m < e.members; m++) {
            voltageV[m] += offset[m];
        }
    }

    /** Brings states and parameters back inside their physical bounds, as after a filter's update. */
    public void hold(Ensemble e) {
        e.hold();
    }

    private void subStep(Ensemble e, Workspace w, double h, double currentA, double ambientK) {
        interiorCurrent(e, w, currentA);
        temperatures.rows(e.state[layout.coreTemperature()], w);
        salt.properties(e, w);
        particles.scale(e, w);
        for (int k = 0; k < design.nodes; k++) {
            particles.eliminate(e, w, k, h);
        }
        reaction.prepare(e, w);
        salt.respond(e, w, h);
        boolean brisk = design.nodes > 1 && Math.abs(currentA) > BRISK_C_RATE * design.oneC;
        int iterations = brisk ? BRISK_ITERATIONS : CALM_ITERATIONS;
        for (int i = 0; i < iterations; i++) {
            salt.poresAfter(w);
            poreSalt.exchange(w, w.saltAfter);
            reaction.potentials(w);
            coupled.iterate(w);
        }
        if (heat.follows()) {
            terminals.parts(e, w, w.parts);
            terminals.interior(w, w.parts, w.interiorVoltage);
        }
        for (int k = 0; k < design.nodes; k++) {
            particles.substitute(e, w, k, w.reaction[k]);
            System.arraycopy(w.reaction[k], 0, e.state[layout.reaction(k)], 0, e.members);
        }
        salt.advance(e, w);
        lithium(e, w, h);
        heat.advance(e, w, w.interiorVoltage, ambientK, h);
    }

    /** Current density through the interior: reported current with the sensor's offset, less what the leak takes. */
    private void interiorCurrent(Ensemble e, Workspace w, double currentA) {
        double[] offset = e.parameter(MemberParameter.CURRENT_OFFSET);
        double[] leak = e.parameter(MemberParameter.LEAK_CONDUCTANCE);
        double[] voltage = e.output(Output.VOLTAGE);
        double[] saturated = e.output(Output.SATURATED);
        double perArea = 1 / design.cell.areaM2();
        double most = design.mostCurrentDensity;
        for (int m = 0; m < e.members; m++) {
            double free = (currentA + offset[m] - leak[m] * voltage[m]) * perArea;
            double held = Math.max(-most, Math.min(most, free));
            saturated[m] = Math.max(saturated[m], Math.min(1.0, Math.abs(free - held) * 1e9));
            w.current[m] = held;
        }
    }

    private void lithium(Ensemble e, Workspace w, double h) {
        double[] inventory = e.state[layout.inventory()];
        double[] efficiency = e.parameter(MemberParameter.PLATING_EFFICIENCY);
        double perCharge = h / PhysicalConstants.FARADAY_C_PER_MOL;
        for (int m = 0; m < e.members; m++) {
            double plated = Math.max(0.0, w.current[m]) * efficiency[m];
            double stripped = Math.min(0.0, w.current[m]);
            inventory[m] = Math.max(0.0, Math.fma(perCharge, plated + stripped, inventory[m]));
        }
    }

    /** The distribution of the reaction at this instant under a current. */
    private void solve(Ensemble e, Workspace w, double currentA, int iterations) {
        interiorCurrent(e, w, currentA);
        temperatures.rows(e.state[layout.coreTemperature()], w);
        salt.properties(e, w);
        particles.scale(e, w);
        for (int k = 0; k < design.nodes; k++) {
            particles.surfaceNow(e, w, k);
        }
        reaction.prepare(e, w);
        poreSalt.exchange(w, w.saltRelative);
        reaction.potentials(w);
        if (design.nodes > 1) {
            for (int i = 0; i < iterations; i++) {
                reaction.iterate(w);
                reaction.potentials(w);
            }
        }
    }

    private void commit(Ensemble e, Workspace w) {
        int n = e.members;
        terminals.parts(e, w, e.outputs);
        double[] voltage = e.output(Output.VOLTAGE);
        terminals.interior(w, e.outputs, voltage);
        double[] mean = e.output(Output.MEAN_STOICHIOMETRY);
        double[] open = e.output(Output.OPEN_CIRCUIT);
        double[] diffusion = e.output(Output.PARTICLE_DIFFUSION);
        double[] offset = e.parameter(MemberParameter.VOLTAGE_OFFSET);
        particles.mean(e, mean);
        openCircuit(mean, w, open);
        for (int m = 0; m < n; m++) {
            diffusion[m] -= open[m];
            voltage[m] += offset[m];
        }
        double[] surface = e.output(Output.SURFACE_STOICHIOMETRY);
        Arrays.fill(surface, 0.0);
        for (int k = 0; k < design.nodes; k++) {
            double share = 1.0 / design.nodes;
            double[] at = w.surfaceAtZero[k];
            double[] per = w.surfacePerCurrent[k];
            double[] j = w.reaction[k];
            double[] kept = e.state[layout.reaction(k)];
            for (int m = 0; m < n; m++) {
                surface[m] = Math.fma(share, Math.fma(per[m], j[m], at[m]), surface[m]);
                kept[m] = j[m];
            }
        }
    }

    private void openCircuit(double[] x, Workspace w, double[] target) {
        design.openCircuit.row(x, target, w.a, w.members);
        if (design.hasEntropy) {
            design.entropic.row(x, w.b, w.c, w.members);
            double tRef = design.cell.referenceTemperatureK();
            for (int m = 0; m < w.members; m++) {
                target[m] = Math.fma(w.temperature[m] - tRef, w.b[m], target[m]);
            }
        }
    }

    private static void requireFinite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + ": " + value + ", expected a finite number");
        }
    }
}
