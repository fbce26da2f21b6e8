package io.pouchtwin.twin.ensemble;

import io.pouchtwin.cell.math.Elementary;
import io.pouchtwin.cell.reduced.error.ModelErrorTable;

/**
 * What the reduced model is off by, as each member carries it, with j the current density, x_s the stoichiometry at the
 * particles' surface and all u standard normal over the members:
 *
 * <pre>
 *   e = s_r j (u_1 + (2 SOC - 1) u_2) + s_v u_3 + s u_4 + s_d u_5,    x_s + s_x u_6
 * </pre>
 *
 * <p>The first three last: a resistance that the model does not have, the same over the charge and changing over it, and
 * an offset of the voltage, the sensor's. They come again in every cycle, and no number of cycles averages them away. The
 * other three forget themselves: between samples each u decays by phi and is refreshed so that its variance stays 1.
 *
 * <pre>
 *   s^2 = max(s_0^2 + s_m(j)^2 + (s_1 j)^2, s_before^2 exp(-2 dt / 60 s))
 *   phi_4 = exp(-(dt / 4 h + |dq| / Q + |di| / (5 i_1C))) min(1, s_before / s)
 *   phi_5 = exp(-dt / 300 s)
 *   s_x = 4e-4 U' / (U' + 10 V),    phi_6 = exp(-(|dq| / 0.05 Q + |di| / (0.5 i_1C)))
 * </pre>
 *
 * <p>s_m is what was measured between the reduced and the full-order cell of this design at this current density, {@link
 * ModelErrorTable}; s_1 stands for what differs from cell to cell and no member carries (transference, porosity, the way
 * of the heat from the core to the skin): half a millivolt at 5 C on the thin pouch. This error depends on the state of charge and
 * on the current, and what lies in profiles of salt and heat stays for a minute after the current has changed: without
 * that, the first readings after pulses at 5 C taught the twin resistances with eight times the certainty they had.
 *
 * <p>s_x: where the open-circuit curve falls off its cliff, half a volt within a thousandth of stoichiometry, the few shells
 * of the reduced cell are off by some ten-thousandths (against PyBaMM's DFN 3e-4 at 1 C, 5e-4 at 2 C, of either sign at 5 C), by nearly
 * the same all the way down: a tenth of a volt and more, but one that the row before has shown. s_d: {@link SaltDepletion}.
 *
 * <p>After the current has stopped, the few shells of the reduced cell relax a little sooner near the surface and a little
 * later in the depth than the particles do: {@link #relaxingV}.
 */
final class ModelError {
    private static final double REST_SIGMA_V = 1e-4;
    private static final double ROUGH_OHM_M2 = 1e-5;
    /** Resistance that the model does not have [ohm m2]. */
    private static final double RESISTIVE_OHM_M2 = 1.5e-5;

    /** What the reduced cell's surface is off by where the curve is steep [1]. */
    private static final double SURFACE_SIGMA = 4e-4;
    /** Half of it counts at this slope of the open-circuit voltage [V]. */
    private static final double HALF_STEEP_V = 10;

    private static final double SURFACE_MEMORY_CHARGE_SHARE = 0.05;
    private static final double SURFACE_MEMORY_C_RATE = 0.5;

    private static final double LINGERING_S = 60;
    private static final double DEPLETION_MEMORY_S = 300;

    /** By how much the stoichiometry at the surface is off at rest, of what it has still to go to the mean [1]. */
    private static final double RELAXING_SHARE = 0.01;

    /** Offset of a voltage sensor: one step of its display [V]. */
    static final double OFFSET_SIGMA_V = 1e-4;

    private static final double MEMORY_S = 14_400;
    private static final double MEMORY_CHARGE_SHARE = 1;
    private static final double MEMORY_C_RATE = 5;

    private static final int POINTS = 48;
    private static final double LARGEST_C_RATE = 12;

    private final double perDensity;
    private final double[] chargeV = new double[POINTS + 1];
    private final double[] dischargeV = new double[POINTS + 1];

    /**
     * The error of a design.
     *
     * @param table what was measured
     * @param design name of the parameter set
     * @param oneCDensity current density of 1 C [A/m2]
     */
    ModelError(ModelErrorTable table, String design, double oneCDensity) {
        perDensity = POINTS / (LARGEST_C_RATE * oneCDensity);
        boolean measured = !table.runs(design).isEmpty();
        for (int k = 1; k <= POINTS; k++) {
            chargeV[k] = measured ? table.sigmaV(design, k / perDensity) : 0;
            dischargeV[k] = measured ? table.sigmaV(design, -k / perDensity) : 0;
        }
    }

    /**
     * Standard deviation of the part that forgets itself slowly [V].
     *
     * @param currentDensity positive on charge [A/m2]
     */
    double sigmaV(double currentDensity) {
        double byCurrent = ROUGH_OHM_M2 * currentDensity;
        double measured = measuredV(currentDensity);
        return Math.sqrt(REST_SIGMA_V * REST_SIGMA_V + byCurrent * byCurrent + measured * measured);
    }

    /**
     * Standard deviation of the stoichiometry at the particles' surface, as far as it counts [1].
     *
     * @param slopeV slope of the open-circuit voltage there [V]
     */
    static double surfaceSigma(double slopeV) {
        double slope = Math.max(0, slopeV);
        return SURFACE_SIGMA * slope / (slope + HALF_STEEP_V);
    }

    /** Standard deviation of the part that lasts [V]; has the sign of the current. */
    double resistiveV(double currentDensity) {
        return RESISTIVE_OHM_M2 * currentDensity;
    }

    /**
     * Standard deviation of the voltage at rest, as long as the particles relax [V].
     *
     * @param slopeV slope of the open-circuit voltage at the particles' surface [V]
     * @param gap stoichiometry at the surface less its mean [1]
     */
    static double relaxingV(double slopeV, double gap) {
        return RELAXING_SHARE * slopeV * Math.abs(gap);
    }

    private double measuredV(double currentDensity) {
        double[] row = currentDensity < 0 ? dischargeV : chargeV;
        double at = Math.min(Math.abs(currentDensity) * perDensity, POINTS - 1e-9);
        int k = (int) at;
        return Math.fma(at - k, row[k + 1] - row[k], row[k]);
    }

    /** Exponent of the decay over an interval. */
    static double forgetting(double lengthS, double chargeShare, double changeOfCRate) {
        return lengthS / MEMORY_S
                + Math.abs(chargeShare) / MEMORY_CHARGE_SHARE
                + Math.abs(changeOfCRate) / MEMORY_C_RATE;
    }

    /** Likewise of the stoichiometry at the surface. */
    static double surfaceForgetting(double chargeShare, double changeOfCRate) {
        return Math.abs(chargeShare) / SURFACE_MEMORY_CHARGE_SHARE + Math.abs(changeOfCRate) / SURFACE_MEMORY_C_RATE;
    }

    /** Likewise of the voltage for want of salt. */
    static double depletionForgetting(double lengthS) {
        return lengthS / DEPLETION_MEMORY_S;
    }

    /** What is left of an error after a time, whatever current flows now [1]: the profiles that it lies in even out. */
    static double lingering(double lengthS) {
        return Elementary.exp(-lengthS / LINGERING_S);
    }
}
