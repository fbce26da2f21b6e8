package io.pouchtwin.cell.ageing;

import io.pouchtwin.cell.math.Elementary;

/**
 * Contact between lithium and membrane: a new interface first beds in, later it loses area.
 *
 * <pre>
 *   excess resistance of a fresh assembly      E(n) = (1 - s) + s exp(-n / n_s)
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
    /** What is left of the excess E after some cycles. */
    public double excessAfter(double excess, double cycles) {
        double remains = 1 - settlingShare;
        return remains + (excess - remains) * Elementary.exp(-cycles / settlingCycles);
    }

    /** Change of the excess E over one cycle. */
    public double settlingPerCycle(double excess) {
        return excessAfter(excess, 1) - excess;
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
