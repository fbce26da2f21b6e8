package io.pouchtwin.twin.forecast;

import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.contracts.v1.CyclingProgramme;
import io.pouchtwin.contracts.v1.ForecastBasis;
import io.pouchtwin.contracts.v1.ForecastRequest;

/**
 * A way of cycling, in SI.
 *
 * @param chargeA current of the charge, positive
 * @param dischargeA current of the discharge, positive
 * @param voltageMaxV end of the charge
 * @param voltageMinV end of the discharge
 * @param holdUntilA voltage is held until the current has fallen to this; 0: it is not held
 * @param ambientK surroundings
 * @param restS rest in each cycle
 */
public record Programme(
        double chargeA,
        double dischargeA,
        double voltageMaxV,
        double voltageMinV,
        double holdUntilA,
        double ambientK,
        double restS) {
    private static final double ZERO_CELSIUS_K = 273.15;
    /** Testers usually end a hold at a twentieth of the charging current. */
    private static final double USUAL_TAPER = 0.05;

    /** Share of the charge below which what came at a smaller current was the step's end, not a hold [1]. */
    private static final double HELD_FROM = 0.02;

    private static final double MOST_C_RATE = 20;
    private static final double SECONDS_PER_HOUR = 3600;

    /** Refuses what cannot be cycled. */
    public Programme {
        require(chargeA > 0, "charge_current_a", chargeA, "above 0");
        require(dischargeA > 0, "discharge_current_a", dischargeA, "above 0");
        require(voltageMaxV > voltageMinV, "voltage_max_v", voltageMaxV, "above voltage_min_v, " + voltageMinV);
        require(ambientK > 230 && ambientK < 370, "ambient_degc", ambientK - ZERO_CELSIUS_K, "-43 to 97 degC");
        require(restS >= 0, "rest_s", restS, "0 or more");
    }

    private static void require(boolean holds, String field, double value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(field + ": " + value + ", expected " + expected);
        }
    }

    /**
     * Refuses a request for what the cell's design says nothing of: voltages outside its window, where its open-circuit curve ends, and currents that no cell of its kind is cycled at. What the request leaves as it
     * runs is not judged: the tester runs it, and its limits are read from samples, which overshoot.
     *
     * @param oneHourC charge of 1 C for an hour [C]
     */
    static void requireWithin(ForecastRequest asked, CellParameters.Window window, double oneHourC) {
        double most = MOST_C_RATE * oneHourC / SECONDS_PER_HOUR;
        String currents = "at most " + most + ", which is 20 C";
        double charge = asked.getChargeCurrentA();
        double discharge = asked.getDischargeCurrentA();
        require(!asked.hasChargeCurrentA() || charge <= most, "charge_current_a", charge, currents);
        require(!asked.hasDischargeCurrentA() || discharge <= most, "discharge_current_a", discharge, currents);
        double upper = asked.getVoltageMaxV();
        double lower = asked.getVoltageMinV();
        require(
                !asked.hasVoltageMaxV() || upper <= window.voltageMaxV(),
                "voltage_max_v",
                upper,
                "at most " + window.voltageMaxV() + ", the design's upper limit");
        require(
                !asked.hasVoltageMinV() || lower >= window.voltageMinV(),
                "voltage_min_v",
                lower,
                "at least " + window.voltageMinV() + ", the design's lower limit");
    }

    /** What ran in the cycle that just ended. */
    static Programme running(ForecastBasis basis) {
        return new Programme(
                basis.getChargeCurrentA(),
                basis.getDischargeCurrentA(),
                basis.getVoltageMaxV(),
                basis.getVoltageMinV(),
                basis.getHeldChargeAh() > HELD_FROM * basis.getChargeAh() ? USUAL_TAPER * basis.getChargeCurrentA() : 0,
                basis.getAmbientTemperatureDegc() + ZERO_CELSIUS_K,
                basis.getRestS());
    }

    /** This with what a request changes. */
    Programme with(ForecastRequest request) {
        double charge = request.hasChargeCurrentA() ? request.getChargeCurrentA() : chargeA;
        return new Programme(
                charge,
                request.hasDischargeCurrentA() ? request.getDischargeCurrentA() : dischargeA,
                request.hasVoltageMaxV() ? request.getVoltageMaxV() : voltageMaxV,
                request.hasVoltageMinV() ? request.getVoltageMinV() : voltageMinV,
                holdUntilA > 0 ? USUAL_TAPER * charge : 0,
                request.hasAmbientDegc() ? request.getAmbientDegc() + ZERO_CELSIUS_K : ambientK,
                restS);
    }

    /** Whether this is the same way of cycling but for the tester's and the sensors' noise. */
    boolean like(Programme other) {
        return close(chargeA, other.chargeA, 0.01)
                && close(dischargeA, other.dischargeA, 0.01)
                && Math.abs(voltageMaxV - other.voltageMaxV) < 0.02
                && Math.abs(voltageMinV - other.voltageMinV) < 0.1
                && (holdUntilA > 0) == (other.holdUntilA > 0)
                && Math.abs(ambientK - other.ambientK) < 3;
    }

    private static boolean close(double a, double b, double share) {
        return Math.abs(a - b) <= share * Math.max(a, b);
    }

    /** As it travels. */
    CyclingProgramme message(double areaCm2) {
        CyclingProgramme.Builder message = CyclingProgramme.newBuilder()
                .setChargeCurrentA(chargeA)
                .setDischargeCurrentA(dischargeA)
                .setVoltageMaxV(voltageMaxV)
                .setVoltageMinV(voltageMinV)
                .setAmbientDegc(ambientK - ZERO_CELSIUS_K)
                .setRestS(restS)
                .setChargeCurrentDensityMaCm2(1e3 * chargeA / areaCm2)
                .setDischargeCurrentDensityMaCm2(1e3 * dischargeA / areaCm2);
        if (holdUntilA > 0) {
            message.setHoldUntilA(holdUntilA);
        }
        return message.build();
    }
}
