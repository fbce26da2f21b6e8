package io.pouchtwin.ingest.segment;

import io.pouchtwin.contracts.v1.RawSample;
import org.jspecify.annotations.Nullable;

/** Whether a sample's values can be those of a cell. */
final class SampleJudge {
    private static final double LEAST_VOLTAGE_V = -1;
    private static final double MOST_VOLTAGE_V = 10;
    private static final double MOST_VOLTAGE_MV = 10_000;

    /** Pulses of 20 C are the hardest that fast-charging cells see; five times that is a unit gone wrong. [1/h] */
    private static final double MOST_RATE = 100;

    private static final double LEAST_TEMPERATURE_DEGC = -60;
    private static final double MOST_TEMPERATURE_DEGC = 200;

    private final double nominalCapacityAh;

    SampleJudge(double nominalCapacityAh) {
        this.nominalCapacityAh = nominalCapacityAh;
    }

    /** What is wrong with voltage or current, if anything. */
    @Nullable Fault judge(RawSample sample) {
        Fault fault = voltage(sample.getVoltageV());
        return fault == null ? current(sample.getCurrentA()) : fault;
    }

    /** What is wrong with the counters, if anything. */
    static @Nullable Fault judgeCounters(RawSample sample) {
        if (sample.hasStepChargeAh() && !counter(sample.getStepChargeAh())) {
            return counterFault("step_charge_ah", sample.getStepChargeAh());
        }
        if (sample.hasStepEnergyWh() && !counter(sample.getStepEnergyWh())) {
            return counterFault("step_energy_wh", sample.getStepEnergyWh());
        }
        if (sample.hasChargingCapacityAh() && !counter(sample.getChargingCapacityAh())) {
            return counterFault("charging_capacity_ah", sample.getChargingCapacityAh());
        }
        if (sample.hasDischargingCapacityAh() && !counter(sample.getDischargingCapacityAh())) {
            return counterFault("discharging_capacity_ah", sample.getDischargingCapacityAh());
        }
        return null;
    }

    /** Whether a sensor can have measured this; disconnected ones report sentinels such as -2501. */
    static boolean possible(double temperatureDegC) {
        return temperatureDegC >= LEAST_TEMPERATURE_DEGC && temperatureDegC <= MOST_TEMPERATURE_DEGC;
    }

    private static @Nullable Fault voltage(double voltageV) {
        if (!Double.isFinite(voltageV)) {
            return new Fault(
                    RejectCode.VOLTAGE_NOT_FINITE,
                    "The tester reported no number for the voltage. If this lasts, check the channel's voltage leads.",
                    "voltage_v",
                    String.valueOf(voltageV),
                    "a finite number");
        }
        if (voltageV < LEAST_VOLTAGE_V || voltageV > MOST_VOLTAGE_V) {
            boolean milli = voltageV > MOST_VOLTAGE_V && voltageV <= MOST_VOLTAGE_MV;
            return new Fault(
                    RejectCode.VOLTAGE_OUT_OF_RANGE,
                    "The voltage cannot be that of one cell."
                            + (milli
                                    ? " It looks like millivolts: check the unit in the driver."
                                    : " Check the channel's voltage leads and range."),
                    "voltage_v",
                    String.valueOf(voltageV),
                    LEAST_VOLTAGE_V + " to " + MOST_VOLTAGE_V + " V");
        }
        return null;
    }

    private @Nullable Fault current(double currentA) {
        if (!Double.isFinite(currentA)) {
            return new Fault(
                    RejectCode.CURRENT_NOT_FINITE,
                    "The tester reported no number for the current. If this lasts, check the channel.",
                    "current_a",
                    String.valueOf(currentA),
                    "a finite number");
        }
        double mostA = MOST_RATE * nominalCapacityAh;
        if (Math.abs(currentA) > mostA) {
            return new Fault(
                    RejectCode.CURRENT_IMPLAUSIBLE,
                    "The current is more than " + (int) MOST_RATE + " C of the registered capacity ("
                            + nominalCapacityAh
                            + " Ah). It may be milliamperes: check the unit in the driver, and the cell's nominal capacity in the registry.",
                    "current_a",
                    String.valueOf(currentA),
                    "-" + mostA + " to " + mostA + " A");
        }
        return null;
    }

    private static boolean counter(double value) {
        return value >= 0 && value < Double.POSITIVE_INFINITY;
    }

    private static Fault counterFault(String field, double value) {
        return new Fault(
                RejectCode.COUNTER_INVALID,
                "The tester's counter is a magnitude and cannot be negative or no number. Check the sign in the driver.",
                field,
                String.valueOf(value),
                "a finite number, 0 or more");
    }
}
