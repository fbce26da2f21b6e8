package io.pouchtwin.cell.risk;

import io.pouchtwin.cell.math.Elementary;

/**
 * The life until a short as an accelerated-life law: one draw of the fit.
 *
 * <pre>
 *   exposure    d(Omega)/dt = (1 / t_c) (i / C_e)^m                        while plating
 *   C_e         = C (q_ref / q)^b exp[-(Ea / R) (1/T - 1/T_ref)]           falls with charge per half cycle, rises with temperature
 *   hazard      H = (A / A_ref) Omega^beta,   P(no short) = exp(-H)        Weibull life, weakest link over the area
 * </pre>
 *
 * <p>C itself scatters from cell to cell: a draw holds the C of one cell, the fit how far such draws lie apart ({@link #ofStrength}).
 *
 * <p>Exposure adds up over whatever loads came (cumulative exposure, step stress), so a ramp of the current, cycling for months, and both one after the other are the same law.
 *
 * @param criticalAPerM2 C of each membrane [A/m2]
 * @param currentExponent m [1]
 * @param lifeShape beta [1]
 * @param lifeAtCriticalS t_c [s]
 * @param chargeExponent b [1]
 * @param activationK Ea / R [K]
 * @see "W. B. Nelson: Accelerated Testing. Wiley 1990, chapters 2 (Weibull), 7 (size effect), 10 (step stress)"
 */
public record ShortLaw(
        OfMembranes criticalAPerM2,
        double currentExponent,
        double lifeShape,
        double lifeAtCriticalS,
        double chargeExponent,
        double activationK) {
    /** Area of a coin's electrode, to which the law refers [m2]. */
    public static final double REFERENCE_AREA_M2 = 1.131e-4;
    /** Charge per half cycle to which the critical current refers, 1 mAh/cm2 [C/m2]. */
    public static final double REFERENCE_CHARGE_C_PER_M2 = 36_000;
    /** Temperature to which the critical current refers [K]. */
    public static final double REFERENCE_K = 298.15;

    /** The law of a cell that is stronger than this one by a factor. */
    public ShortLaw ofStrength(double factor) {
        return new ShortLaw(
                new OfMembranes(criticalAPerM2.ppla * factor, criticalAPerM2.ppl * factor, criticalAPerM2.pl * factor),
                currentExponent,
                lifeShape,
                lifeAtCriticalS,
                chargeExponent,
                activationK);
    }

    /** A number for each membrane. */
    public record OfMembranes(double ppla, double ppl, double pl) {
        /** That of one. */
        public double of(Membrane membrane) {
            return switch (membrane) {
                case PPLA -> ppla;
                case PPL -> ppl;
                case PL -> pl;
            };
        }
    }

    /** Critical current density of a membrane at this charge per half cycle and temperature, of a coin's area [A/m2]. */
    public double effectiveCritical(Membrane membrane, double chargeCPerM2, double temperatureK) {
        double charge = Elementary.exp(-chargeExponent * Elementary.log(chargeCPerM2 / REFERENCE_CHARGE_C_PER_M2));
        double warmth = Elementary.exp(activationK * (1 / REFERENCE_K - 1 / temperatureK));
        return criticalAPerM2.of(membrane) * charge * warmth;
    }

    /** Current density at which, under a ramp, half of the cells of this area would have shorted where half the coins do at C_e [A/m2]. */
    public double effectiveCritical(Membrane membrane, PlatingLoad load) {
        double size = Elementary.exp(
                -Elementary.log(load.areaM2() / REFERENCE_AREA_M2) / (lifeShape * (currentExponent + 1)));
        return size * effectiveCritical(membrane, load.chargePerHalfCycleCPerM2(), load.temperatureK());
    }

    /** Exposure per second of plating [1/s]. */
    public double exposureRate(Membrane membrane, PlatingLoad load) {
        double ratio = load.currentDensity()
                / effectiveCritical(membrane, load.chargePerHalfCycleCPerM2(), load.temperatureK());
        return Elementary.exp(currentExponent * Elementary.log(ratio)) / lifeAtCriticalS;
    }

    /** Exposure of a ramp of the current from 0 to a density, at a rate [A/m2/s], with half cycles of a length [s], at the reference temperature. */
    public double exposureOfRamp(Membrane membrane, double currentDensity, double rate, double halfCycleS) {
        double reached = effectiveCritical(membrane, currentDensity * halfCycleS, REFERENCE_K);
        double atEnd = Elementary.exp(currentExponent * Elementary.log(currentDensity / reached)) / lifeAtCriticalS;
        return atEnd * currentDensity / rate / rampSharpness();
    }

    /** Power of the current with which the exposure of a ramp grows: m (1 + b) + 1. */
    public double rampSharpness() {
        return currentExponent * (1 + chargeExponent) + 1;
    }

    /** Cumulative hazard H of a cell of this area [1]; 0.69 is even odds. */
    public double hazard(double exposure, double areaM2) {
        if (exposure <= 0) {
            return 0;
        }
        return areaM2 / REFERENCE_AREA_M2 * Elementary.exp(lifeShape * Elementary.log(exposure));
    }

    /** Probability of a short while the exposure grows from one value to another, for a cell that had none until then. */
    public double shortProbability(double exposureNow, double exposureThen, double areaM2) {
        return 1 - Elementary.exp(hazard(exposureNow, areaM2) - hazard(exposureThen, areaM2));
    }

    /** Exposure at which a share of the cells of this area has shorted. */
    public double exposureAt(double shorted, double areaM2) {
        double hazard = -Elementary.log1p(-shorted);
        return Elementary.exp(Elementary.log(hazard * REFERENCE_AREA_M2 / areaM2) / lifeShape);
    }
}
