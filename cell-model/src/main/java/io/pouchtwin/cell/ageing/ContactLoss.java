package io.pouchtwin.cell.ageing;

/**
 * Contact between lithium and membrane: a new interface first beds in, later it loses area.
 *
 * <pre>
 *   excess resistance of a fresh assembly      dE/dn = -(E - (1 - s)) / n_s,      E(0) = 1
 *   share of the area that takes part          du/dt = -k u i / F_day            while stripping
 * </pre>
 *
 * <p>E multiplies what a cell's contact resistance exceeds the design's; s is the share of the excess that disappears, n_s the cycles it takes. With k the loss per charge stripped.
 *
 * @param settlingShare s, 0 to 1 [1]
 * @param settlingCycles n_s [cycle]
 * @param lossPerCharge k: relative loss of area per stripped charge [m2/C]
 */
public record ContactLoss(double settlingShare, double settlingCycles, double lossPerCharge) {
    /** Change of the excess E over one cycle. */
    public double settlingPerCycle(double excess) {
        return -(excess - (1 - settlingShare)) / settlingCycles;
    }

    /** Change of the utilisation [1/s] while stripping at a current density, positive [A/m2]. */
    public double strippingRate(double utilisation, double currentDensity) {
        return -lossPerCharge * utilisation * currentDensity;
    }

    /** Change of the utilisation over one cycle. */
    public double perCycle(double utilisation, CycleStress load) {
        return -lossPerCharge * utilisation * load.strippedChargeCPerM2();
    }
}
