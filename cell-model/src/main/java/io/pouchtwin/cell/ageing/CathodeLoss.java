package io.pouchtwin.cell.ageing;

/**
 * Active material lost from the cathode by cycling it deeply (cracking, isolation).
 *
 * <pre>da = -k a (dx / dx_ref)^n A(T)   per cycle</pre>
 *
 * where dx is the range of stoichiometry passed through. Inside a half cycle, with the depth reached so far, da/d(dx) = -k a n dx^(n-1) / dx_ref^n, half of it in each half cycle.
 *
 * <p>Lost material keeps the lithium that is in it. What it has given off, and would have taken back by the end of the discharge, stays on the other side as spare lithium: at a distance x of stoichiometry from the discharged end, material that
 * holds a charge q per unit of stoichiometry frees q x. Over a cycle that is half of what the lost material delivered.
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

    /** Spare lithium that a cycle's loss frees [C/m2]. */
    public double freedPerCycle(CycleStress load) {
        return 0.5 * lost(load.depth(), load.temperatureK()) * load.strippedChargeCPerM2();
    }

    /**
     * Spare lithium freed [C/m2] while the depth within a half cycle grows from one value to another.
     *
     * @param charging whether the half cycle began at the discharged end
     * @param chargedDepth depth of the charge before, for a discharge [1]
     * @param chargeCPerM2 that passed meanwhile [C/m2]
     */
    public double freedWithin(
            boolean charging,
            double chargedDepth,
            double depthBefore,
            double depthAfter,
            double chargeCPerM2,
            double temperatureK) {
        double range = depthAfter - depthBefore;
        if (range <= 0) {
            return 0;
        }
        double before = lost(depthBefore, temperatureK);
        double after = lost(depthAfter, temperatureK);
        // the integral of the depth over the loss, which is a power law
        double moment = depthExponent / (depthExponent + 1) * (depthAfter * after - depthBefore * before);
        double distance = charging ? moment : chargedDepth * (after - before) - moment;
        return Math.max(0, 0.5 * distance * chargeCPerM2 / range);
    }

    private double lost(double depth, double temperatureK) {
        return lossPerCycle
                * PowerLaw.of(depth, referenceDepth, depthExponent)
                * PowerLaw.activated(activationEnergyJPerMol, temperatureK);
    }
}
