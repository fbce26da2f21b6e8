package io.pouchtwin.cell.risk.deposition;

import io.pouchtwin.cell.PhysicalConstants;
import io.pouchtwin.cell.math.Elementary;
import io.pouchtwin.cell.risk.InterfaceStability.Pores;
import java.util.Arrays;

/**
 * Lithium plated through a membrane with pores, in two dimensions.
 *
 * <p>Potential in the membrane div(kappa grad phi) = 0, by linear triangles on a grid that follows the surface; at the lithium nonlinear Butler-Volmer kinetics in series with the film; at the other side a potential such that the mean
 * current is the given one; no current through the sides (symmetry: from the middle of a pore to half way to the next). Pores do not conduct. The surface moves with the local current, in a frame that moves with the mean: the
 * membrane gives way as a whole, the pores stay where they are in it.
 */
public final class Deposition {
    private static final int COLUMNS = 80;
    private static final int LAYERS = 40;
    private static final int TIME_STEPS = 30;
    private static final int NEWTON_STEPS = 40;
    private static final double SMALL_V = 1e-9;
    /** Of a pore relative to the membrane; none, but for the matrix. */
    private static final double PORE_CONDUCTS = 1e-6;

    private final Setting setting;
    private final double[] surface = new double[COLUMNS + 1];
    private final double[] current = new double[COLUMNS + 1];
    private final double[] slope = new double[COLUMNS + 1];
    private final double[] phi = new double[(COLUMNS + 1) * LAYERS];
    private final BandMatrix matrix = new BandMatrix(phi.length, LAYERS + 1);
    private final double[] residual = new double[phi.length];
    private final double[] perTop = new double[phi.length];
    private double top;

    /**
     * What is plated through what.
     *
     * @param conductivitySPerM of the membrane
     * @param thicknessM of the membrane
     * @param exchangeCurrentAPerM2 of lithium
     * @param filmOhmM2 film on lithium
     * @param temperatureK everywhere
     * @param pores of the membrane
     * @param roughnessM amplitude of a cosine of the surface at the start, with the pores' spacing, high under the pore
     * @param currentDensity mean [A/m2]
     * @param molarVolumeM3PerMol of lithium
     */
    public record Setting(
            double conductivitySPerM,
            double thicknessM,
            double exchangeCurrentAPerM2,
            double filmOhmM2,
            double temperatureK,
            Pores pores,
            double roughnessM,
            double currentDensity,
            double molarVolumeM3PerMol) {}

    /**
     * What came of it.
     *
     * @param positionM along the surface, from the middle of a pore
     * @param ratioAtStart local over mean current in the first instant
     * @param ratioAtEnd the same after the time
     * @param heightM of the surface over its mean at the end
     */
    @SuppressWarnings("ArrayRecordComponent") // plotted, never compared
    public record Result(double[] positionM, double[] ratioAtStart, double[] ratioAtEnd, double[] heightM) {
        /** Largest local over mean current. */
        public static double peak(double[] ratio) {
            return Arrays.stream(ratio).max().orElse(1);
        }

        /** Standard deviation of local over mean current, the trapezoidal rule. */
        public static double variation(double[] ratio) {
            double sum = 0;
            for (int k = 0; k + 1 < ratio.length; k++) {
                double a = ratio[k] - 1;
                double b = ratio[k + 1] - 1;
                sum += 0.5 * (a * a + b * b) / (ratio.length - 1.0);
            }
            return Math.sqrt(sum);
        }
    }

    private Deposition(Setting setting) {
        this.setting = setting;
        for (int c = 0; c <= COLUMNS; c++) {
            surface[c] = setting.roughnessM()
                    * Math.cos(2 * Math.PI * x(c) / setting.pores().spacingM());
        }
    }

    /** Plates for a time [s]. */
    public static Result run(Setting setting, double seconds) {
        Deposition d = new Deposition(setting);
        d.solve();
        double[] start = d.ratio();
        double step = seconds / TIME_STEPS;
        double perCharge = setting.molarVolumeM3PerMol() / PhysicalConstants.FARADAY_C_PER_MOL;
        double[] before = new double[COLUMNS + 1];
        for (int n = 0; n < TIME_STEPS; n++) {
            // the midpoint rule
            System.arraycopy(d.surface, 0, before, 0, before.length);
            d.grow(before, 0.5 * step * perCharge);
            d.solve();
            d.grow(before, step * perCharge);
            d.solve();
        }
        double[] x = new double[COLUMNS + 1];
        Arrays.setAll(x, d::x);
        return new Result(x, start, d.ratio(), d.surface.clone());
    }

    private void grow(double[] from, double metresPerCurrent) {
        for (int c = 0; c <= COLUMNS; c++) {
            surface[c] = from[c] + metresPerCurrent * (current[c] - setting.currentDensity());
        }
    }

    private double x(int column) {
        return 0.5 * setting.pores().spacingM() * column / COLUMNS;
    }

    private double y(int column, int layer) {
        double share = layer / (double) LAYERS;
        return surface[column] + share * (setting.thicknessM() - surface[column]);
    }

    private double[] ratio() {
        double[] ratio = new double[current.length];
        Arrays.setAll(ratio, c -> current[c] / setting.currentDensity());
        return ratio;
    }

    /** Newton's method on all potentials and the potential at the far side together. */
    private void solve() {
        for (int n = 0; n < NEWTON_STEPS; n++) {
            double missing = assemble();
            matrix.factorise();
            matrix.solve(residual);
            matrix.solve(perTop);
            double change = 0;
            double perResidual = 0;
            double perTopCurrent = 0;
            for (int c = 0; c <= COLUMNS; c++) {
                perResidual += weight(c) * slope[c] * residual[c * LAYERS];
                perTopCurrent += weight(c) * slope[c] * perTop[c * LAYERS];
            }
            double raise = (missing + perResidual) / perTopCurrent;
            for (int k = 0; k < phi.length; k++) {
                double step = raise * perTop[k] - residual[k];
                phi[k] += step;
                change = Math.max(change, Math.abs(step));
            }
            top += raise;
            if (change < SMALL_V) {
                kinetics();
                return;
            }
        }
        throw new IllegalStateException("potentials do not converge");
    }

    /** Share of the width that belongs to a column. */
    private double weight(int column) {
        return (column == 0 || column == COLUMNS ? 0.5 : 1) / COLUMNS;
    }

    /** Fills matrix, residual and what a raise of the far potential does; returns by how much the mean current falls short. */
    private double assemble() {
        matrix.clear();
        Arrays.fill(residual, 0);
        Arrays.fill(perTop, 0);
        for (int c = 0; c < COLUMNS; c++) {
            for (int l = 0; l < LAYERS; l++) {
                triangle(c, l, c + 1, l, c, l + 1);
                triangle(c + 1, l + 1, c, l + 1, c + 1, l);
            }
        }
        kinetics();
        double missing = setting.currentDensity();
        double width = 0.5 * setting.pores().spacingM();
        for (int c = 0; c <= COLUMNS; c++) {
            residual[c * LAYERS] += weight(c) * width * current[c];
            matrix.add(c * LAYERS, c * LAYERS, weight(c) * width * slope[c]);
            missing -= weight(c) * current[c];
        }
        return missing;
    }

    private void triangle(int ca, int la, int cb, int lb, int cc, int lc) {
        int[] column = {ca, cb, cc};
        int[] layer = {la, lb, lc};
        double[] px = {x(ca), x(cb), x(cc)};
        double[] py = {y(ca, la), y(cb, lb), y(cc, lc)};
        double twiceArea = (px[1] - px[0]) * (py[2] - py[0]) - (px[2] - px[0]) * (py[1] - py[0]);
        double kappa = conductivity((px[0] + px[1] + px[2]) / 3, (py[0] + py[1] + py[2]) / 3);
        for (int a = 0; a < 3; a++) {
            if (layer[a] == LAYERS) {
                continue;
            }
            int row = column[a] * LAYERS + layer[a];
            double bx = py[(a + 1) % 3] - py[(a + 2) % 3];
            double by = px[(a + 2) % 3] - px[(a + 1) % 3];
            for (int b = 0; b < 3; b++) {
                double cx = py[(b + 1) % 3] - py[(b + 2) % 3];
                double cy = px[(b + 2) % 3] - px[(b + 1) % 3];
                double stiffness = kappa * (bx * cx + by * cy) / (2 * Math.abs(twiceArea));
                if (layer[b] == LAYERS) {
                    residual[row] += stiffness * top;
                    perTop[row] -= stiffness;
                } else {
                    int other = column[b] * LAYERS + layer[b];
                    residual[row] += stiffness * phi[other];
                    matrix.add(row, other, stiffness);
                }
            }
        }
    }

    private double conductivity(double x, double y) {
        double radius = setting.pores().radiusM();
        // what the surface leaves behind under a pore is empty too
        boolean inside = y > 0 ? x * x + y * y < radius * radius : x < radius;
        return setting.conductivitySPerM() * (inside ? PORE_CONDUCTS : 1);
    }

    /** Current density at the surface and its slope by the potential, per projected area: i = 2 i0 sinh((phi - i R) F / 2RT). */
    private void kinetics() {
        double twice = 2 * PhysicalConstants.thermalVoltage(setting.temperatureK());
        for (int c = 0; c <= COLUMNS; c++) {
            double i = current[c] == 0 ? setting.currentDensity() : current[c];
            double perCurrent = 1;
            for (int n = 0; n < 30; n++) {
                double arg = i / (2 * setting.exchangeCurrentAPerM2());
                double error = phi[c * LAYERS] - i * setting.filmOhmM2() - twice * Elementary.asinh(arg);
                perCurrent =
                        setting.filmOhmM2() + twice / (2 * setting.exchangeCurrentAPerM2()) / Math.sqrt(1 + arg * arg);
                i += error / perCurrent;
                if (Math.abs(error) < 1e-13) {
                    break;
                }
            }
            current[c] = i;
            slope[c] = 1 / perCurrent;
        }
    }
}
