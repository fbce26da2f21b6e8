package io.pouchtwin.cell.risk;

import io.pouchtwin.cell.PhysicalConstants;
import io.pouchtwin.cell.math.Elementary;
import io.pouchtwin.cell.parameters.CellParameters;
import java.util.Arrays;

/**
 * Growth of a small disturbance of the lithium surface while lithium is plated through a membrane: linear stability with secondary current distribution.
 *
 * <pre>
 *   surface  y = h cos(k x),  current density i + i_1 cos(k x)
 *   i_1      = h (i / kappa - Gamma k^2) / (R + tanh(k L) / (kappa k))          Gamma = gamma V_Li / F
 *   dh/dt    = (V_Li / F) i_1
 * </pre>
 *
 * <p>R is the resistance of interface and film to a change of current [ohm m2], kappa the membrane's conductivity [S/m], L its thickness [m], gamma the surface energy of lithium [J/m2]. A large R kappa (Wagner length) against the
 * plated thickness keeps the surface even. A pore that touches the lithium covers a part b(x) of it; each wave b_k of what is covered drives
 *
 * <pre>  i_1 / i = -b_k / (1 - b_0) / (1 + tanh(k L) / (kappa k R))</pre>
 *
 * which the growth above then multiplies.
 *
 * <p>Linear theory: true while i_1 is small against i. Held against a two-dimensional computation in {@link io.pouchtwin.cell.risk.deposition}.
 *
 * @param conductivitySPerM kappa
 * @param thicknessM L
 * @param interfaceResistanceOhmM2 R at the operating point
 * @param molarVolumeM3PerMol V_Li
 * @see "C. Monroe, J. Newman, J. Electrochem. Soc. 151 (2004) A880, for the surface-energy term; D. R. Ely, R. E. Garcia 2013 for the competition"
 */
public record InterfaceStability(
        double conductivitySPerM, double thicknessM, double interfaceResistanceOhmM2, double molarVolumeM3PerMol) {
    /** Surface energy of lithium against an electrolyte [J/m2]; usual range 0.4 to 1.7. */
    public static final double SURFACE_ENERGY_J_PER_M2 = 1;

    private static final double SHORTEST_WAVELENGTH_M = 0.2e-6;
    private static final double LONGEST_WAVELENGTHS_OF_MEMBRANE = 20;
    private static final int WAVELENGTHS = 60;
    /** Growth over a half cycle from which a surface counts as uneven, and from which it runs away [1]. */
    private static final double UNEVEN_FROM = 0.5;

    private static final double RUNAWAY_FROM = 3;
    /** Excess of the current at the peaks from which a deposit counts as uneven [1]. */
    private static final double UNEVEN_PEAKS_FROM = 0.1;

    /**
     * Pores that touch the lithium: half cylinders that do not conduct.
     *
     * @param radiusM radius [m]; 0 for none
     * @param spacingM distance between them [m]
     */
    public record Pores(double radiusM, double spacingM) {
        /** A dense membrane. */
        public static final Pores NONE = new Pores(0, 20e-6);

        /**
         * Of a membrane. The paper shows pores that the solvent left in PPL and PL and none in PPLA; it gives no sizes: these are assumed, larger where more solvent evaporates.
         */
        public static Pores of(Membrane membrane) {
            return switch (membrane) {
                case PPLA -> NONE;
                case PPL -> new Pores(1.0e-6, 20e-6);
                case PL -> new Pores(1.5e-6, 20e-6);
            };
        }
    }

    /** What comes of a half cycle. */
    public enum Verdict {
        /** Stays as it was. */
        EVEN,
        /** Current varies along the surface. */
        UNEVEN,
        /** Disturbances multiply within one half cycle. */
        RUNAWAY
    }

    /**
     * Growth of the worst wavelength over a half cycle.
     *
     * @param growthExponent exponent of e [1]
     * @param wavelengthM of the wave that grows most [m]
     * @param peakOverMean current at the peaks over the mean, at the end, from the membrane's own pores [1]
     * @param verdict in a word
     */
    public record Outcome(double growthExponent, double wavelengthM, double peakOverMean, Verdict verdict) {}

    /** Of a cell's membrane at a current density [A/m2] and temperature [K]. */
    public static InterfaceStability of(CellParameters cell, double currentDensity, double temperatureK) {
        CellParameters.Electrolyte electrolyte = cell.electrolyte();
        double kappa = electrolyte.transport().conductivity(electrolyte.concentrationMolPerM3(), temperatureK)
                * cell.membrane().transportEfficiency();
        double exchange = cell.lithium().exchangeCurrent().at(1, temperatureK);
        double film = cell.lithium().filmResistanceOhmM2()
                / cell.lithium().filmArrhenius().factor(temperatureK);
        return new InterfaceStability(
                kappa,
                cell.membrane().thicknessM(),
                film + kineticResistance(exchange, currentDensity, temperatureK),
                cell.lithium().molarVolumeM3PerMol());
    }

    /** Slope of the overpotential of symmetric Butler-Volmer kinetics, (2RT/F) / sqrt(i^2 + 4 i0^2) [ohm m2]. */
    public static double kineticResistance(double exchangeCurrent, double currentDensity, double temperatureK) {
        return 2
                * PhysicalConstants.thermalVoltage(temperatureK)
                / Math.sqrt(currentDensity * currentDensity + 4 * exchangeCurrent * exchangeCurrent);
    }

    /** Growth rate [1/s] of a wave number [1/m] at a current density [A/m2]; negative: it levels out. */
    public double growthRate(double waveNumber, double currentDensity) {
        double perCharge = molarVolumeM3PerMol / PhysicalConstants.FARADAY_C_PER_MOL;
        double levelling = SURFACE_ENERGY_J_PER_M2 * perCharge * waveNumber * waveNumber;
        double resistance = interfaceResistanceOhmM2 + tanh(waveNumber * thicknessM) / (conductivitySPerM * waveNumber);
        return perCharge * (currentDensity / conductivitySPerM - levelling) / resistance;
    }

    /** Current in a wave of what pores cover, over the mean current, before anything has grown. */
    public double shadow(Pores pores, int wave) {
        if (pores.radiusM() == 0) {
            return 0;
        }
        double k = 2 * Math.PI * wave / pores.spacingM();
        double covered = 2 * pores.radiusM() / pores.spacingM();
        double ofWave = 2 * covered * Math.sin(k * pores.radiusM()) / (k * pores.radiusM());
        double supply = tanh(k * thicknessM) / (conductivitySPerM * k * interfaceResistanceOhmM2);
        return -ofWave / (1 - covered) / (1 + supply);
    }

    /** Local over mean current along the surface from the middle under a pore to half way to the next, after a charge [C/m2]. */
    public double[] profile(Pores pores, double currentDensity, double chargeCPerM2, int points) {
        double[] ratio = new double[points];
        Arrays.fill(ratio, 1);
        int waves = 24;
        for (int wave = 1; wave <= waves; wave++) {
            double k = 2 * Math.PI * wave / pores.spacingM();
            double growth = growthRate(k, currentDensity) * chargeCPerM2 / currentDensity;
            // Lanczos: without it a cut-off series overshoots where the covered part ends
            double phase = Math.PI * wave / (waves + 1);
            double amplitude = shadow(pores, wave) * Elementary.exp(Math.min(50, growth)) * Math.sin(phase) / phase;
            for (int p = 0; p < points; p++) {
                double x = 0.5 * pores.spacingM() * p / (points - 1.0);
                ratio[p] += amplitude * Math.cos(k * x);
            }
        }
        return ratio;
    }

    /** What a half cycle of a current density [A/m2] and charge [C/m2] does to the surface. */
    public Outcome over(double currentDensity, double chargeCPerM2, Pores pores) {
        double worst = Double.NEGATIVE_INFINITY;
        double wavelength = 0;
        double longest = LONGEST_WAVELENGTHS_OF_MEMBRANE * thicknessM;
        for (int n = 0; n < WAVELENGTHS; n++) {
            double lambda = SHORTEST_WAVELENGTH_M
                    * Elementary.exp(Elementary.log(longest / SHORTEST_WAVELENGTH_M) * n / (WAVELENGTHS - 1.0));
            double growth = growthRate(2 * Math.PI / lambda, currentDensity) * chargeCPerM2 / currentDensity;
            if (growth > worst) {
                worst = growth;
                wavelength = lambda;
            }
        }
        double peak = 1;
        for (double ratio : profile(pores, currentDensity, chargeCPerM2, 41)) {
            peak = Math.max(peak, ratio);
        }
        Verdict verdict = Verdict.EVEN;
        if (worst >= RUNAWAY_FROM) {
            verdict = Verdict.RUNAWAY;
        } else if (worst >= UNEVEN_FROM || peak >= 1 + UNEVEN_PEAKS_FROM) {
            verdict = Verdict.UNEVEN;
        }
        return new Outcome(worst, wavelength, peak, verdict);
    }

    private static double tanh(double x) {
        double e = Elementary.exp(-2 * x);
        return (1 - e) / (1 + e);
    }
}
