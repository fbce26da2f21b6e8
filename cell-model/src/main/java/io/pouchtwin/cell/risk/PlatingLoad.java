package io.pouchtwin.cell.risk;

/**
 * How lithium is plated: what the risk of a short responds to.
 *
 * @param currentDensity where lithium is plated: of the cell over the share of the area that takes part, positive [A/m2]
 * @param chargePerHalfCycleCPerM2 charge plated in a half cycle [C/m2]
 * @param temperatureK [K]
 * @param areaM2 electrode area of the cell [m2]
 */
public record PlatingLoad(double currentDensity, double chargePerHalfCycleCPerM2, double temperatureK, double areaM2) {
    /** Refuses what has no meaning. */
    public PlatingLoad {
        require(currentDensity > 0, "currentDensity", currentDensity, "A/m2 above 0");
        require(chargePerHalfCycleCPerM2 > 0, "chargePerHalfCycleCPerM2", chargePerHalfCycleCPerM2, "C/m2 above 0");
        require(temperatureK > 100 && temperatureK < 500, "temperatureK", temperatureK, "100 to 500 K");
        require(areaM2 > 0, "areaM2", areaM2, "m2 above 0");
    }

    private static void require(boolean holds, String name, double value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + ": " + value + ", expected " + expected);
        }
    }

    /** Time of plating in a half cycle [s]. */
    public double platingS() {
        return chargePerHalfCycleCPerM2 / currentDensity;
    }

    /** The same with another current density [A/m2]. */
    public PlatingLoad withCurrentDensity(double other) {
        return new PlatingLoad(other, chargePerHalfCycleCPerM2, temperatureK, areaM2);
    }
}
