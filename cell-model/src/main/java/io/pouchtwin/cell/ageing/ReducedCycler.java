package io.pouchtwin.cell.ageing;

import io.pouchtwin.cell.reduced.Ensemble;
import io.pouchtwin.cell.reduced.MemberParameter;
import io.pouchtwin.cell.reduced.Output;
import io.pouchtwin.cell.reduced.ReducedCell;
import io.pouchtwin.cell.reduced.Workspace;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.DoubleConsumer;

/**
 * Cycles a reduced cell: resolves the cycle of a cell in a given slow state, or steps through it with the ageing running along.
 *
 * <p>A cell whose loading differs from the design's by a factor s at the same C-rate carries s times the current density. Instead of changing the design, resistances are multiplied by s and exchange current of lithium divided by s,
 * which gives the same voltages at the design's current (transport in the pores also over the s-fold thickness, hence 1/s^2).
 *
 * <p>Not thread-safe: it keeps the fast state from cycle to cycle.
 */
public final class ReducedCycler implements CycleOracle {
    /** Reported steps in the time that 1 C-rate takes for the nominal charge. */
    private static final int STEPS = 80;

    private static final double START_SHORT_BY = 0.03;
    private static final int SETTLING_CYCLES = 2;
    private static final double EVENT_SHARE = 1e-7;

    private final ReducedCell cell;
    private final CellVariation cellVariation;
    private final AgeingLaws laws;
    private final CyclingProtocol protocol;
    private final Ensemble ensemble;
    private final Workspace workspace;
    private final double[] before;
    private boolean started;

    /** What a cell differs from its design in. */
    public record CellVariation(
            Map<MemberParameter, Double> parameters, double loadingFactor, double contactExcessOhmM2) {
        /** Copies the map. */
        public CellVariation {
            parameters = Map.copyOf(parameters);
        }

        /** The design itself. */
        public static CellVariation none() {
            return new CellVariation(Map.of(), 1, 0);
        }
    }

    /** A cell in a cycler. */
    public ReducedCycler(ReducedCell cell, CellVariation variation, AgeingLaws laws, CyclingProtocol protocol) {
        this.cell = cell;
        this.cellVariation = variation;
        this.laws = laws;
        this.protocol = protocol;
        ensemble = cell.newEnsemble(1);
        workspace = cell.newWorkspace(1);
        before = new double[ensemble.savedLength()];
    }

    @Override
    public ResolvedCycle resolve(SlowState state) {
        apply(state);
        ResolvedCycle cycle = cycle(state, ignored -> {});
        if (!started) {
            started = true;
            for (int k = 1; k < SETTLING_CYCLES; k++) {
                cycle = cycle(state, ignored -> {});
            }
        }
        return cycle;
    }

    /** Lives through every cycle step by step; returns the charge of each discharge [C/m2]. Slow: the check of {@link CycleLife}. */
    public double[] stepThrough(SlowState fresh, int cycles) {
        resolve(fresh);
        StepwiseAgeing ageing = new StepwiseAgeing(laws, fresh);
        double[] delivered = new double[cycles + 1];
        for (int k = 0; k <= cycles; k++) {
            delivered[k] = cycle(ageing.state(), new Follower(ageing)).dischargeCPerM2();
            ageing.finish();
        }
        return delivered;
    }

    /** Mean temperature, depth and charges of a cycle under a slow state that the listener may move on. */
    private ResolvedCycle cycle(SlowState state, DoubleConsumer listener) {
        if (!started && ensemble.output(Output.MEAN_STOICHIOMETRY)[0] >= 0) {
            double full = cell.parameters().dischargedStoichiometry() - START_SHORT_BY;
            cell.startAtRest(ensemble, new double[] {full}, protocol.ambientK());
        }
        double perArea = cellVariation.loadingFactor() / cell.parameters().areaM2();
        double x0 = mean();
        double charge = halfCycle(protocol.chargeA(), protocol.voltageMaxV(), listener);
        double x1 = mean();
        double chargeTemperature = temperature();
        double discharge = halfCycle(-protocol.dischargeA(), protocol.voltageMinV(), listener);
        double x2 = mean();
        double delivered = LithiumInventory.deliverable(discharge * perArea, state.lithiumBalanceCPerM2());
        double plated = LithiumInventory.deliverable(charge * perArea, state.lithiumBalanceCPerM2());
        double share = discharge > 0 ? delivered / (discharge * perArea) : 0;
        double depth = share * 0.5 * (Math.abs(x0 - x1) + Math.abs(x2 - x1));
        return new ResolvedCycle(
                new CycleStress(
                        protocol.chargeA() * perArea,
                        protocol.dischargeA() * perArea,
                        plated,
                        delivered,
                        depth,
                        0.5 * (chargeTemperature + temperature()),
                        0),
                delivered);
    }

    /** Runs one half cycle to its voltage limit; returns its charge [C]. */
    private double halfCycle(double currentA, double limitV, DoubleConsumer listener) {
        double length = cell.parameters().nominalCapacityC() / Math.abs(currentA) / STEPS;
        double sign = Math.signum(currentA);
        double passed = 0;
        cell.evaluate(ensemble, workspace, currentA);
        double margin = sign * (limitV - voltage());
        if (margin <= 0) {
            return 0;
        }
        while (passed < 2 * cell.parameters().nominalCapacityC()) {
            ensemble.save(before, 0);
            cell.step(ensemble, workspace, length, currentA, currentA, protocol.ambientK());
            double after = sign * (limitV - voltage());
            double taken = length;
            if (after <= 0) {
                taken = locate(currentA, limitV, length, margin, after);
            }
            listener.accept(sign * taken);
            passed += Math.abs(currentA) * taken;
            if (after <= 0) {
                return passed;
            }
            margin = after;
        }
        return passed;
    }

    /** Finds when the limit is met within the step just taken, and leaves the cell there; regula falsi with the Illinois weight. */
    private double locate(double currentA, double limitV, double length, double marginBefore, double marginAfter) {
        double low = 0;
        double high = length;
        double atLow = marginBefore;
        double atHigh = marginAfter;
        double sign = Math.signum(currentA);
        double middle = length;
        for (int k = 0; k < 30 && high - low > EVENT_SHARE * length; k++) {
            middle = high - atHigh * (high - low) / (atHigh - atLow);
            ensemble.restore(before, 0);
            cell.step(ensemble, workspace, middle, currentA, currentA, protocol.ambientK());
            double at = sign * (limitV - voltage());
            if (at > 0) {
                low = middle;
                atLow = at;
                atHigh *= 0.5;
            } else {
                high = middle;
                atHigh = at;
                atLow *= 0.5;
            }
            if (Math.abs(at) < 1e-9) {
                break;
            }
        }
        return middle;
    }

    private void apply(SlowState s) {
        double scale = cellVariation.loadingFactor();
        Map<MemberParameter, Double> values = new EnumMap<>(MemberParameter.class);
        for (MemberParameter p : MemberParameter.values()) {
            Double own = cellVariation.parameters().get(p);
            values.put(p, own != null ? own : cell.nominal(p));
        }
        values.merge(MemberParameter.FILM_RESISTANCE, laws.addedResistanceOhmM2(s), Double::sum);
        values.merge(
                MemberParameter.CONTACT_RESISTANCE,
                cellVariation.contactExcessOhmM2() * s.contactExcess(),
                Double::sum);
        values.merge(MemberParameter.ACTIVE_FRACTION_FACTOR, s.activeFraction(), ReducedCycler::times);
        values.merge(MemberParameter.CONTACT_UTILISATION, s.contactUtilisation(), ReducedCycler::times);
        values.merge(MemberParameter.MEMBRANE_RESISTANCE_FACTOR, laws.membraneFactor(s), ReducedCycler::times);
        for (MemberParameter p : new MemberParameter[] {
            MemberParameter.FILM_RESISTANCE,
            MemberParameter.CONTACT_RESISTANCE,
            MemberParameter.MEMBRANE_RESISTANCE_FACTOR
        }) {
            values.merge(p, scale, ReducedCycler::times);
        }
        values.merge(MemberParameter.LITHIUM_EXCHANGE_FACTOR, 1 / scale, ReducedCycler::times);
        values.merge(MemberParameter.PORE_TRANSPORT_FACTOR, 1 / (scale * scale), ReducedCycler::times);
        for (Map.Entry<MemberParameter, Double> entry : values.entrySet()) {
            ensemble.parameter(entry.getKey())[0] = entry.getValue();
        }
    }

    private static double times(double a, double b) {
        return a * b;
    }

    private double voltage() {
        return ensemble.output(Output.VOLTAGE)[0];
    }

    private double mean() {
        return ensemble.output(Output.MEAN_STOICHIOMETRY)[0];
    }

    private double temperature() {
        return ensemble.state(ensemble.layout().coreTemperature())[0];
    }

    /** Takes each step (signed length [s], positive on charge) to the ageing and its result back to the cell. */
    private final class Follower implements DoubleConsumer {
        private final StepwiseAgeing ageing;
        private double lastStoichiometry = mean();

        Follower(StepwiseAgeing ageing) {
            this.ageing = ageing;
        }

        @Override
        public void accept(double signedLengthS) {
            double current = signedLengthS > 0 ? protocol.chargeA() : -protocol.dischargeA();
            double x = mean();
            ageing.step(
                    current * cellVariation.loadingFactor() / cell.parameters().areaM2(),
                    Math.abs(signedLengthS),
                    x - lastStoichiometry,
                    temperature());
            lastStoichiometry = x;
            apply(ageing.state());
        }
    }
}
