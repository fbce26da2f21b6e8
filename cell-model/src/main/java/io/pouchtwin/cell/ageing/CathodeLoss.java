package io.pouchtwin.cell.ageing;

/**
 * Active material lost from the cathode by cycling it deeply (cracking, isolation).
 *
 * <pre>da = -k a (dx / dx_ref)^n A(T)   per cycle</pre>
 *
 * where dx is the range of stoichiometry passed through. Inside a half cycle, with the depth reached so far, da/d(dx) = -k a n dx^(n-1) / dx_ref^n, half of it in each half cycle.
 *
 * @param lossPerCycle k: relative loss in a cycle of the reference depth [1]
 * @param depthExponent n, above 0 [1]
 * @param referenceDepth dx_ref [1]
 * @param activationEnergyJPerMol [J/mol]
 */
public record CathodeLoss(
        double lossPerCycle, double depthExponent, double referenceDepth, double activationEnergyJPerMol) {
    /** Change of the active fraction over one cycle. */
    public double perCycle(double activeFraction, CycleStress load) {
        return -activeFraction * lost(load.depth(), load.temperatureK());
    }

    /** Change of the active fraction while the depth within a half cycle grows from one value to another. */
    public double within(double activeFraction, double depthBefore, double depthAfter, double temperatureK) {
        return -0.5 * activeFraction * (lost(depthAfter, temperatureK) - lost(depthBefore, temperatureK));
    }

    private double lost(double depth, double temperatureK) {
        return lossPerCycle
                * PowerLaw.of(depth, referenceDepth, depthExponent)
                * PowerLaw.activated(activationEnergyJPerMol, temperatureK);
    }
}
