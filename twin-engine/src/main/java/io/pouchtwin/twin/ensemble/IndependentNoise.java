package io.pouchtwin.twin.ensemble;

import io.pouchtwin.cell.math.Philox;

/**
 * Noise for the members that is independent of what they carry already, in the sample itself: rows of mean 0 and
 * variance 1 that are uncorrelated, to rounding, with given rows and, as long as there are more members than rows, with each other.
 *
 * <p>Why: a square-root filter without noise is exactly a Kalman filter as long as there are more members than
 * dimensions. Noise drawn plainly correlates by chance (1 / sqrt(members)) with every quantity, the update takes chance
 * for evidence, and after some hundred samples the spread of what cannot be observed at all is worn away. Noise that is
 * orthogonal to the rows keeps the filter honest.
 *
 * <p>By modified Gram-Schmidt, twice over. Holds rows to work in; belongs to one thread.
 */
final class IndependentNoise {
    /** A row that keeps less than this share of its variance once what others explain is taken away, adds nothing. */
    private static final double DEPENDENT = 1e-10;

    private final int members;
    private final double[][] basis;
    private int size;
    private int avoided;

    /** For ensembles of this many members. */
    IndependentNoise(int members) {
        this.members = members;
        this.basis = new double[members - 1][members];
    }

    /** Forgets the rows of the last use. */
    void begin() {
        size = 0;
        avoided = 0;
    }

    /** Whatever is drawn from now on shall be uncorrelated with this row. */
    void avoid(double[] row) {
        if (size == basis.length) {
            return;
        }
        double[] next = basis[size];
        System.arraycopy(row, 0, next, 0, members);
        centre(next);
        double before = RowStatistics.comoment(next, 0, next, 0);
        takeAwayBasis(next, size);
        double left = RowStatistics.comoment(next, 0, next, 0);
        if (left > DEPENDENT * before && left > Double.MIN_NORMAL) {
            scale(next, 1 / Math.sqrt(left));
            size++;
            avoided = size;
        }
    }

    /**
     * Draws a row. Where the members are too few for another one that is uncorrelated with all, it is with what is avoided and no longer with what was drawn.
     *
     * @param target receives it
     * @param random generator of the cell
     * @param step keys the draw
     * @param stream keys the draw
     * @param index keys the draw
     */
    void draw(double[] target, Philox random, long step, int stream, int index) {
        random.normalRow(target, members, step, stream, index);
        centre(target);
        boolean room = size < basis.length;
        takeAwayBasis(target, room ? size : avoided);
        double left = RowStatistics.comoment(target, 0, target, 0);
        scale(target, 1 / Math.sqrt(left));
        if (room) {
            System.arraycopy(target, 0, basis[size], 0, members);
            size++;
        }
        scale(target, Math.sqrt(members - 1));
    }

    private void takeAwayBasis(double[] row, int rows) {
        for (int pass = 0; pass < 2; pass++) {
            for (int k = 0; k < rows; k++) {
                double[] unit = basis[k];
                double overlap = RowStatistics.comoment(row, 0, unit, 0);
                for (int j = 0; j < members; j++) {
                    row[j] = Math.fma(-overlap, unit[j], row[j]);
                }
            }
        }
    }

    private void centre(double[] row) {
        double mean = RowStatistics.mean(row);
        for (int j = 0; j < members; j++) {
            row[j] -= mean;
        }
    }

    private void scale(double[] row, double factor) {
        for (int j = 0; j < members; j++) {
            row[j] *= factor;
        }
    }
}
