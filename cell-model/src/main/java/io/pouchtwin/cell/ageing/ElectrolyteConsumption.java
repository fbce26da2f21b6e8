package io.pouchtwin.cell.ageing;

/**
 * What the interphase eats: the mobile part of the electrolyte (in these membranes residual DMF) is used up as the film grows; conductivity stays and then collapses.
 *
 * <pre>
 *   dm = -dQ_sei / Q_total,   sigma / sigma_0 = 1 / (1 + ((1 - m) / (1 - m_c))^p)
 * </pre>
 *
 * <p>m is the share left; at m_c the conductivity has halved. A second way to a knee, besides the end of the lithium.
 *
 * @param capacityCPerM2 Q_total: film charge that would use up everything [C/m2]
 * @param halfAt m_c: share left at which the conductivity is half [1]
 * @param sharpness p [1]
 */
public record ElectrolyteConsumption(double capacityCPerM2, double halfAt, double sharpness) {
    /** Share used up by film that binds a further charge [C/m2]. */
    public double used(double filmGrowthCPerM2) {
        return filmGrowthCPerM2 / capacityCPerM2;
    }

    /** Membrane resistance relative to the fresh one, sigma_0 / sigma. */
    public double resistanceFactor(double shareLeft) {
        double used = Math.max(0, 1 - shareLeft);
        return 1 + PowerLaw.of(used, 1 - halfAt, sharpness);
    }
}
