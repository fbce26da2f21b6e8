package io.pouchtwin.twin.ensemble;

import io.pouchtwin.cell.math.Philox;

/**
 * Standard normal rows whose sample means are 0, whose sample variances are 1 and which are uncorrelated over the
 * members, to rounding. With a few dozen members, plain draws correlate by chance as much as weak physics does, and the
 * filter would take the one for the other.
 */
final class BalancedDraw {
    private BalancedDraw() {}

    /**
     * Draws and orthogonalises by Gram and Schmidt.
     *
     * @param random generator of the cell
     * @param rows number of rows, fewer than members - 1
     * @param members length of a row
     * @param step keys the draw
     * @param stream keys the draw
     */
    static double[][] rows(Philox random, int rows, int members, long step, int stream) {
        if (rows >= members - 1) {
            throw new IllegalArgumentException(rows + " rows, expected fewer than " + (members - 1));
        }
        double[][] drawn = new double[rows][members];
        for (int k = 0; k < rows; k++) {
            random.normalRow(drawn[k], members, step, stream, k);
            // Twice: what rounding leaves after the first pass, the second takes away.
            for (int pass = 0; pass < 2; pass++) {
                centre(drawn[k]);
                for (int i = 0; i < k; i++) {
                    double overlap = RowStatistics.comoment(drawn[k], 0, drawn[i], 0) / (members - 1);
                    for (int j = 0; j < members; j++) {
                        drawn[k][j] -= overlap * drawn[i][j];
                    }
                }
            }
            double scale = 1 / RowStatistics.sigma(drawn[k], 0);
            for (int j = 0; j < members; j++) {
                drawn[k][j] *= scale;
            }
        }
        return drawn;
    }

    /** Takes the mean off a row. */
    static void centre(double[] row) {
        double mean = RowStatistics.mean(row);
        for (int j = 0; j < row.length; j++) {
            row[j] -= mean;
        }
    }
}
