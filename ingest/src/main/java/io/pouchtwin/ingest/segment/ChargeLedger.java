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
    /** No row of the step was accepted yet. */
    private boolean fresh = true;

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

    /** A new step: its counters begin anew. For every row whose time is sound. */
    void beginStep() {
        netAtStepStartAh = netAh.orElse(0);
        stepChargeAh = OptionalDouble.empty();
        integralValid = false;
        fresh = true;
    }

    /** Takes a row's counters over; for every row whose time and counters are sound, even where voltage or current are not. */
    void count(RawSample row, Direction direction) {
        if (row.hasChargingCapacityAh() || row.hasDischargingCapacityAh()) {
            netAh = OptionalDouble.of(row.getChargingCapacityAh() - row.getDischargingCapacityAh());
        } else if (row.hasStepChargeAh() && direction == Direction.BY_CURRENT) {
            double increment = Math.max(0, row.getStepChargeAh() - stepChargeAh.orElse(0));
            netAh = OptionalDouble.of(netAh.orElse(0) + direction.sign(row.getCurrentA()) * increment);
        } else if (row.hasStepChargeAh()) {
            netAh = OptionalDouble.of(netAtStepStartAh + direction.sign(row.getCurrentA()) * row.getStepChargeAh());
        }
        if (row.hasStepChargeAh()) {
            stepChargeAh = OptionalDouble.of(row.getStepChargeAh());
        }
    }

    /**
     * Compares the counter with the current; for accepted rows, after {@link #count}.
     *
     * @return whether they disagree
     */
    boolean check(RawSample row, Direction direction, boolean gap, ElapsedTime time) {
        if (fresh) {
            // The step's first row comes some time into it; the current was constant since, or nearly so.
            integralAh = row.getCurrentA() * time.stepTimeS() / SECONDS_PER_HOUR;
            integralValid = !gap;
            if (!row.hasStepChargeAh()) {
                // Counters of the whole run do not tell when within the last interval the step began: check from this
                // row on.
                netAtStepStartAh = netAh.orElse(0);
                integralAh = 0;
            }
        } else {
            integralAh += (currentA + row.getCurrentA()) / 2 * (time.testTimeS() - testTimeS) / SECONDS_PER_HOUR;
            integralValid &= !gap;
        }
        fresh = false;
        currentA = row.getCurrentA();
        testTimeS = time.testTimeS();
        boolean counted = row.hasStepChargeAh() || row.hasChargingCapacityAh() || row.hasDischargingCapacityAh();
        return counted && integralValid && direction.steady() && disagrees();
    }

    /** A sample of the step was not accepted: no check until the next step. */
    void miss() {
        integralValid = false;
        fresh = false;
    }

    /** Net charge since the start of the run, positive into the cell. [Ah] */
    OptionalDouble netAh() {
        return netAh;
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
                .setFresh(fresh)
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
        ledger.fresh = state.getFresh();
        ledger.netAtStepStartAh = state.getNetAtStepStartAh();
        ledger.currentA = state.getCurrentA();
        ledger.testTimeS = state.getTestTimeS();
        return ledger;
    }
}
