package io.pouchtwin.cell.full;

import io.pouchtwin.cell.SolidDiffusivity;

/**
 * D(x) at the reference temperature on an equidistant table over [0, 1], linear in between (relative error (b h)^2 / 8, under 1e-6 for an
 * exponential law with b = 10), and its integral K(x) from 0 to x.
 *
 * <p>The flux between two shells is the difference of K over their distance, which is exact for a steady flux however D varies between them.
 */
final class DiffusivityTable {
    private static final int CELLS = 4096;
    private final double[] value = new double[CELLS + 2];
    private final double[] integral = new double[CELLS + 2];

    DiffusivityTable(SolidDiffusivity law) {
        for (int k = 0; k <= CELLS + 1; k++) {
            value[k] = law.atReference(Math.min(1, (double) k / CELLS));
        }
        for (int k = 0; k <= CELLS; k++) {
            integral[k + 1] = integral[k] + 0.5 * (value[k] + value[k + 1]) / CELLS;
        }
    }

    /** D [m2/s]. */
    double at(double x) {
        double position = Math.min(Math.max(x, 0), 1) * CELLS;
        int cell = (int) position;
        return value[cell] + (position - cell) * (value[cell + 1] - value[cell]);
    }

    /** Integral of D from 0 to x [m2/s]; beyond the ends D stays what it is there. */
    double integral(double x) {
        double held = Math.min(Math.max(x, 0), 1);
        double position = held * CELLS;
        int cell = (int) position;
        double share = position - cell;
        double inside = integral[cell] + share * (value[cell] + 0.5 * share * (value[cell + 1] - value[cell])) / CELLS;
        return inside + (x - held) * value[cell];
    }

    /** dD/dx [m2/s]. */
    double slope(double x) {
        if (x < 0 || x >= 1) {
            return 0;
        }
        int cell = (int) (x * CELLS);
        return (value[cell + 1] - value[cell]) * CELLS;
    }
}
