package io.pouchtwin.cell.ageing;

import io.pouchtwin.cell.PhysicalConstants;
import io.pouchtwin.cell.full.Drive;
import io.pouchtwin.cell.full.FullOrderCell;
import io.pouchtwin.cell.full.Limits;
import io.pouchtwin.cell.full.Mesh;
import io.pouchtwin.cell.full.StepReport;
import io.pouchtwin.cell.full.Stop;
import io.pouchtwin.cell.parameters.CellParameters;
import java.util.function.DoubleFunction;

/**
 * Cycles a full-order cell under the same laws of ageing as {@link ReducedCycler} does a reduced one: with {@link CycleLife} it lives whole lives, so that what was found with the reduced cell can be checked.
 *
 * <p>Not thread-safe: it keeps the fast state from cycle to cycle.
 */
public final class FullOrderCycler implements CycleOracle {
    private static final double START_SHORT_BY = 0.03;
    private static final int SETTLING_CYCLES = 2;
    private static final double TEMPERATURE_MAX_K = 400;
    /** A half cycle that lasts longer than this many times its nominal length is not going to end. */
    private static final double LONGEST = 3;
    /** So little lithium that a discharge ends at once [mol/m2]. */
    private static final double NO_LITHIUM = 1e-9;

    private final DoubleFunction<CellParameters> design;
    private final Mesh mesh;
    private final AgeingLaws laws;
    private final CyclingProtocol protocol;
    private double[] fast = {};

    /**
     * A cell in a cycler.
     *
     * @param design the cell's parameters by the share of a fresh assembly's excess contact resistance that is left
     */
    public FullOrderCycler(
            DoubleFunction<CellParameters> design, Mesh mesh, AgeingLaws laws, CyclingProtocol protocol) {
        this.design = design;
        this.mesh = mesh;
        this.laws = laws;
        this.protocol = protocol;
    }

    @Override
    public ResolvedCycle resolve(SlowState state) {
        boolean first = fast.length == 0;
        FullOrderCell cell = cell(state);
        ResolvedCycle cycle = cycle(cell, state);
        for (int k = 1; first && k < SETTLING_CYCLES; k++) {
            cycle = cycle(cell, state);
        }
        fast = cell.save();
        return cycle;
    }

    /**
     * Lives through every cycle in steps of a given length, ageing as it goes; returns the charge of each discharge [C/m2].
     *
     * @param stepS length of a step [s]
     */
    public double[] stepThrough(SlowState fresh, int cycles, double stepS) {
        resolve(fresh);
        StepwiseAgeing ageing = new StepwiseAgeing(laws, fresh);
        double[] delivered = new double[cycles + 1];
        for (int k = 0; k <= cycles; k++) {
            // the contact settles once a cycle, everything else step by step
            FullOrderCell cell = cell(ageing.state());
            halfCycle(cell, protocol.chargeA(), stepS, ageing);
            delivered[k] = halfCycle(cell, -protocol.dischargeA(), stepS, ageing);
            ageing.finish();
            fast = cell.save();
        }
        return delivered;
    }

    private FullOrderCell cell(SlowState state) {
        CellParameters p = design.apply(state.contactExcess());
        FullOrderCell cell = FullOrderCell.at(p, mesh, p.dischargedStoichiometry() - START_SHORT_BY);
        if (fast.length > 0) {
            cell.restore(fast);
        }
        cell.setAmbient(protocol.ambientK());
        cell.age(slow(state, p));
        // the laws of ageing take the lost lithium
        cell.setEfficiency(1);
        cell.setLithiumInventory(
                Math.max(NO_LITHIUM, state.lithiumBalanceCPerM2() / PhysicalConstants.FARADAY_C_PER_MOL));
        return cell;
    }

    private io.pouchtwin.cell.full.SlowState slow(SlowState s, CellParameters p) {
        return new io.pouchtwin.cell.full.SlowState(
                p.lithium().filmResistanceOhmM2() + laws.film().resistanceOhmM2(s.filmChargeCPerM2()),
                s.deadChargeCPerM2() / PhysicalConstants.FARADAY_C_PER_MOL,
                s.contactUtilisation(),
                s.activeFraction(),
                1 / laws.membraneFactor(s),
                0);
    }

    private ResolvedCycle cycle(FullOrderCell cell, SlowState state) {
        double area = cell.parameters().areaM2();
        double x0 = cell.meanStoichiometry();
        double plated =
                run(cell, protocol.chargeA(), longest(cell, protocol.chargeA())).chargeC() / area;
        double x1 = cell.meanStoichiometry();
        double warm = cell.coreTemperatureK();
        double cathode = -run(cell, -protocol.dischargeA(), longest(cell, protocol.dischargeA()))
                        .chargeC()
                / area;
        double x2 = cell.meanStoichiometry();
        double delivered = LithiumInventory.deliverable(cathode, state.lithiumBalanceCPerM2());
        double share = cathode > 0 ? delivered / cathode : 0;
        return new ResolvedCycle(
                new CycleStress(
                        protocol.chargeA() / area,
                        protocol.dischargeA() / area,
                        LithiumInventory.deliverable(plated, state.lithiumBalanceCPerM2()),
                        delivered,
                        share * 0.5 * (Math.abs(x0 - x1) + Math.abs(x2 - x1)),
                        0.5 * (warm + cell.coreTemperatureK()),
                        0),
                delivered);
    }

    private static double longest(FullOrderCell cell, double currentA) {
        return LONGEST * cell.parameters().nominalCapacityC() / currentA;
    }

    private StepReport run(FullOrderCell cell, double currentA, double seconds) {
        return cell.advance(
                new Drive.Current(currentA),
                seconds,
                new Limits(protocol.voltageMinV(), protocol.voltageMaxV(), 0, TEMPERATURE_MAX_K));
    }

    /** Runs a half cycle in steps with the ageing running along; returns its charge [C/m2]. */
    private double halfCycle(FullOrderCell cell, double currentA, double stepS, StepwiseAgeing ageing) {
        double area = cell.parameters().areaM2();
        double charge = 0;
        double left = longest(cell, Math.abs(currentA));
        Stop stop = Stop.TIME;
        while (stop == Stop.TIME && left > 0) {
            double before = cell.meanStoichiometry();
            StepReport step = run(cell, currentA, stepS);
            ageing.step(currentA / area, step.elapsedS(), cell.meanStoichiometry() - before, cell.coreTemperatureK());
            cell.age(slow(ageing.state(), cell.parameters()));
            charge += Math.abs(step.chargeC()) / area;
            left -= stepS;
            stop = step.stop();
        }
        return charge;
    }
}
