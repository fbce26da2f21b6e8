package io.pouchtwin.ingest.segment;

import io.pouchtwin.contracts.v1.ChargeState;
import io.pouchtwin.contracts.v1.RawSample;
import java.util.OptionalDouble;

/**
 * Charge by the tester's own counters, and whether the current agrees.
 *
 * <p>Net charge since the start of the run, positive into the cell: the difference of the counters of the run where the tester has them, else the sum of the step counters' increments
 * signed by the step's direction.
 *
 * <p>Check: within a step of one direction, the counter's change is compared with the trapezoidal integral of the current. They disagree when they differ by more than 2 % of the
 * larger plus 0.1 % of the nominal capacity; coarse logging of a constant voltage tail makes a few tenths of a percent. After a gap there is no check until the next step.
 */
final class ChargeLedger {
    private static final double SECONDS_PER_HOUR = 3_600;
    private static final double RELATIVE_TOLERANCE = 0.02;
    private static final double TOLERANCE_OF_CAPACITY = 0.001;

    private final double toleranceAh;
    private OptionalDouble netAh = OptionalDouble.empty();
    private OptionalDouble stepChargeAh = OptionalDouble.empty();
    private double netAtStepStartAh;
    private double integralAh;
    private boolean integralValid;
    private double currentA;
    private double testTimeS;

    ChargeLedger(double nominalCapacityAh) {
        toleranceAh = TOLERANCE_OF_CAPACITY * nominalCapacityAh;
    }

    /** Whether the step counter is below that of the sample before. */
    boolean fellBack(RawSample sample) {
        return sample.hasStepChargeAh()
                && stepChargeAh.isPresent()
                && sample.getStepChargeAh() < stepChargeAh.getAsDouble();
    }

    /**
     * Goes on to an accepted sample.
     *
     * @return whether the counter disagrees with the current
     */
    boolean advance(RawSample sample, StepKind kind, boolean newStep, boolean gap, ElapsedTime time) {
        double before = netAh.orElse(0);
        if (newStep) {
            netAtStepStartAh = before;
            stepChargeAh = OptionalDouble.empty();
        }
        boolean counted = count(sample, kind.direction(), before);
        integrate(sample, newStep, gap, time);
        if (newStep && !sample.hasStepChargeAh()) {
            // Counters of the whole run do not tell when within the last interval the step began: check from this
            // sample on.
            netAtStepStartAh = netAh.orElse(0);
            integralAh = 0;
        }
        currentA = sample.getCurrentA();
        testTimeS = time.testTimeS();
        return counted && integralValid && kind.direction().steady() && disagrees();
    }

    /** A sample of the step was not accepted: no check until the next step. */
    void miss() {
        integralValid = false;
    }

    /** Net charge since the start of the run, positive into the cell. [Ah] */
    OptionalDouble netAh() {
        return netAh;
    }

    private boolean count(RawSample sample, Direction direction, double before) {
        if (sample.hasChargingCapacityAh() || sample.hasDischargingCapacityAh()) {
            netAh = OptionalDouble.of(sample.getChargingCapacityAh() - sample.getDischargingCapacityAh());
        } else if (sample.hasStepChargeAh()) {
            double increment = Math.max(0, sample.getStepChargeAh() - stepChargeAh.orElse(0));
            netAh = OptionalDouble.of(before + direction.sign(sample.getCurrentA()) * increment);
        } else {
            return false;
        }
        if (sample.hasStepChargeAh()) {
            stepChargeAh = OptionalDouble.of(sample.getStepChargeAh());
        }
        return true;
    }

    private void integrate(RawSample sample, boolean newStep, boolean gap, ElapsedTime time) {
        if (newStep) {
            // The step's first row comes some time into it; the current was constant since, or nearly so.
            integralAh = sample.getCurrentA() * time.stepTimeS() / SECONDS_PER_HOUR;
            integralValid = !gap;
        } else {
            integralAh += (currentA + sample.getCurrentA()) / 2 * (time.testTimeS() - testTimeS) / SECONDS_PER_HOUR;
            integralValid &= !gap;
        }
    }

    private boolean disagrees() {
        double counterAh = netAh.orElse(0) - netAtStepStartAh;
        double larger = Math.max(Math.abs(counterAh), Math.abs(integralAh));
        return Math.abs(counterAh - integralAh) > RELATIVE_TOLERANCE * larger + toleranceAh;
    }

    ChargeState save() {
        ChargeState.Builder state = ChargeState.newBuilder()
                .setIntegralAh(integralAh)
                .setIntegralValid(integralValid)
                .setNetAtStepStartAh(netAtStepStartAh)
                .setCurrentA(currentA)
                .setTestTimeS(testTimeS);
        netAh.ifPresent(state::setNetChargeAh);
        stepChargeAh.ifPresent(state::setStepChargeAh);
        return state.build();
    }

    static ChargeLedger load(ChargeState state, double nominalCapacityAh) {
        ChargeLedger ledger = new ChargeLedger(nominalCapacityAh);
        ledger.netAh = state.hasNetChargeAh() ? OptionalDouble.of(state.getNetChargeAh()) : OptionalDouble.empty();
        ledger.stepChargeAh =
                state.hasStepChargeAh() ? OptionalDouble.of(state.getStepChargeAh()) : OptionalDouble.empty();
        ledger.integralAh = state.getIntegralAh();
        ledger.integralValid = state.getIntegralValid();
        ledger.netAtStepStartAh = state.getNetAtStepStartAh();
        ledger.currentA = state.getCurrentA();
        ledger.testTimeS = state.getTestTimeS();
        return ledger;
    }
}
