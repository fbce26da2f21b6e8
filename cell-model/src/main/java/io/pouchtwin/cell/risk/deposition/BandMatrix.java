package io.pouchtwin.cell.risk.deposition;

import java.util.Arrays;

/** A symmetric positive definite band matrix: assembled, factorised in place (Cholesky), then used to solve. */
final class BandMatrix {
    private final int size;
    private final int width;
    /** Row r holds the entries (r, r - width) to (r, r). */
    private final double[][] rows;

    BandMatrix(int size, int width) {
        this.size = size;
        this.width = width;
        this.rows = new double[size][width + 1];
    }

    void clear() {
        for (double[] row : rows) {
            Arrays.fill(row, 0);
        }
    }

    /** Adds to the entry (r, c) and its mirror; the upper half is not kept. */
    void add(int r, int c, double value) {
        if (c <= r) {
            rows[r][width - (r - c)] += value;
        }
    }

    void factorise() {
        for (int r = 0; r < size; r++) {
            double[] row = rows[r];
            int first = Math.max(0, r - width);
            for (int c = first; c <= r; c++) {
                double[] other = rows[c];
                double sum = row[width - (r - c)];
                for (int k = Math.max(first, c - width); k < c; k++) {
                    sum = Math.fma(-row[width - (r - k)], other[width - (c - k)], sum);
                }
                if (c == r) {
                    if (!(sum > 0)) {
                        throw new IllegalStateException("matrix is not positive definite at row " + r);
                    }
                    row[width] = Math.sqrt(sum);
                } else {
                    row[width - (r - c)] = sum / other[width];
                }
            }
        }
    }

    /** Solves with the factorised matrix; the right-hand side becomes the solution. */
    void solve(double[] b) {
        for (int r = 0; r < size; r++) {
            double sum = b[r];
            for (int k = Math.max(0, r - width); k < r; k++) {
                sum = Math.fma(-rows[r][width - (r - k)], b[k], sum);
            }
            b[r] = sum / rows[r][width];
        }
        for (int r = size - 1; r >= 0; r--) {
            b[r] /= rows[r][width];
            for (int k = Math.max(0, r - width); k < r; k++) {
                b[k] = Math.fma(-rows[r][width - (r - k)], b[r], b[k]);
            }
        }
    }
}
