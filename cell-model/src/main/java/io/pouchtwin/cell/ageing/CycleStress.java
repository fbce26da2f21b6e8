package io.pouchtwin.cell.ageing;

/**
 * What one cycle asks of the cell: the load that the ageing laws respond to.
 *
 * @param platingCurrentDensity mean current density while lithium is plated (charge) [A/m2]
 * @param strippingCurrentDensity mean current density while lithium is stripped (discharge) [A/m2]
 * @param platedChargeCPerM2 charge of the charging half cycle [C/m2]
 * @param strippedChargeCPerM2 charge of the discharging half cycle [C/m2]
 * @param depth range of stoichiometry that the cathode passes through [1]
 * @param temperatureK mean temperature [K]
 * @param restS time at rest in the cycle [s]
 */
public record CycleStress(
        double platingCurrentDensity,
        double strippingCurrentDensity,
        double platedChargeCPerM2,
        double strippedChargeCPerM2,
        double depth,
        double temperatureK,
        double restS) {
    /** Duration of the cycle [s]. */
    public double durationS() {
        return duration(platedChargeCPerM2, platingCurrentDensity)
                + duration(strippedChargeCPerM2, strippingCurrentDensity)
                + restS;
    }

    /** Time during which lithium is plated [s]. */
    public double platingS() {
        return duration(platedChargeCPerM2, platingCurrentDensity);
    }

    private static double duration(double charge, double current) {
        return charge > 0 ? charge / current : 0;
    }
}
