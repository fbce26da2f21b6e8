package io.pouchtwin.twin.ensemble;

import io.pouchtwin.cell.reduced.error.ModelErrorTable;

/**
 * What the reduced model's voltage is off by, as each member carries it, with j the current density and all u standard
 * normal over the members:
 *
 * <pre>
 *   e = s_r j (u_1 + (2 SOC - 1) u_2) + s_v u_3 + s(j) u
 * </pre>
 *
 * <p>The first parts last: a resistance that the model does not have, the same over the charge and changing over it, and
 * an offset of the voltage, the sensor's. They come again in every cycle, and no number of cycles averages them away. The
 * last forgets itself slowly with time and charge (the error depends on the state of charge) and at once where the
 * current changes (it depends on the current). Between samples u decays by phi and is refreshed so that its variance
 * stays 1.
 *
 * <pre>
 *   phi = exp(-(dt / 4 h + |dq| / Q + |di| / (5 i_1C)))
 *   s^2 = s_0^2 + s_m(j)^2 + (s_1 j)^2 + (s_x dU/dx (1 + dU/dx / U_s))^2
 * </pre>
 *
 * <p>s_m is what was measured between the reduced and the full-order cell of this design at this current density, {@link
 * ModelErrorTable}; s_1 stands for what differs from cell to cell and no member carries (transference, porosity, the way
 * of the heat from the core to the skin): half a millivolt at 5 C on the thin pouch. The last term grows where the
 * open-circuit curve falls off its cliff: there the two models part by some ten millivolts.
 *
 * <p>After the current has stopped, the few shells of the reduced cell relax a little sooner near the surface and a little
 * later in the depth than the particles do: {@link #relaxingV}.
 */
final class ModelError {
    private static final double REST_SIGMA_V = 1e-4;
    private static final double ROUGH_OHM_M2 = 1e-5;
    /** Resistance that the model does not have [ohm m2]. */
    private static final double RESISTIVE_OHM_M2 = 1.5e-5;

    private static final double SURFACE_SIGMA = 1e-4;
    /** Slope of the open-circuit voltage from which on its steepness itself is uncertain [V]. */
    private static final double STEEP_V = 40;

    /** By how much the stoichiometry at the surface is off at rest, of what it has still to go to the mean [1]. */
    private static final double RELAXING_SHARE = 0.01;

    /** Offset of a voltage sensor: one step of its display [V]. */
    static final double OFFSET_SIGMA_V = 1e-4;

    private static final double MEMORY_S = 14_400;
    private static final double MEMORY_CHARGE_SHARE = 1;
    private static final double MEMORY_C_RATE = 5;

    /** Steeper than this the members' own spread says enough [V]. */
    private static final double STEEPEST_V = 100;

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
     * Standard deviation of the part that forgets itself [V].
     *
     * @param currentDensity positive on charge [A/m2]
     * @param slopeV slope of the open-circuit voltage at the particles' surface [V]
     */
    double sigmaV(double currentDensity, double slopeV) {
        double byCurrent = ROUGH_OHM_M2 * currentDensity;
        double slope = Math.min(slopeV, STEEPEST_V);
        double bySurface = SURFACE_SIGMA * slope * (1 + slope / STEEP_V);
        double measured = measuredV(currentDensity);
        return Math.sqrt(
                REST_SIGMA_V * REST_SIGMA_V + byCurrent * byCurrent + measured * measured + bySurface * bySurface);
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
}
