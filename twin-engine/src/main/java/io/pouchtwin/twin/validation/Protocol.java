package io.pouchtwin.twin.validation;

/**
 * A cycle of the programme.
 *
 * @param chargeRate current of the charge over that of 1 C [1]
 * @param dischargeRate current of the discharge over that of 1 C [1]
 * @param restS length of the rests after charge and after discharge [s]
 * @param everyS time between two rows while current flows [s]
 */
record Protocol(double chargeRate, double dischargeRate, double restS, double everyS) {
    /** Charge and discharge at one rate, rests of fifteen minutes, about four hundred rows while current flows. */
    static Protocol at(double cRate) {
        return new Protocol(cRate, cRate, 900, Math.max(1, Math.rint(15 / cRate)));
    }
}
