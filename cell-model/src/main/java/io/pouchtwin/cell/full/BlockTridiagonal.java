package io.pouchtwin.cell.full;

/**
 * Linear system whose matrix has 3 x 3 blocks on three diagonals, solved in place by block elimination; each diagonal block is
 * factored with row exchange among its last two rows. The first row (salt) must keep its place: its scale is that of the salt, which may be
 * 1e-10 of the others', and taking the salt from another row would drown it in their rounding.
 *
 * <p>Rows are written as {@code lower[9 k + 3 r + c]}, {@code diagonal}, {@code upper} (blocks to the left of, on and to the right of
 * block k) and {@code right[3 k + r]}, which holds the solution afterwards.
 */
final class BlockTridiagonal {
    static final int B = 3;
    static final int BB = 9;

    final double[] lower;
    final double[] diagonal;
    final double[] upper;
    final double[] right;
    private final int blocks;
    private final double[] rows = new double[B * 7];

    BlockTridiagonal(int blocks) {
        this.blocks = blocks;
        this.lower = new double[BB * blocks];
        this.diagonal = new double[BB * blocks];
        this.upper = new double[BB * blocks];
        this.right = new double[B * blocks];
    }

    void clear() {
        java.util.Arrays.fill(lower, 0);
        java.util.Arrays.fill(diagonal, 0);
        java.util.Arrays.fill(upper, 0);
        java.util.Arrays.fill(right, 0);
    }

    /** Solves; false if a diagonal block is singular or a number is not finite. */
    boolean solve() {
        for (int k = 0; k < blocks; k++) {
            if (k > 0) {
                eliminate(k);
            }
            if (!factor(k)) {
                return false;
            }
        }
        for (int k = blocks - 2; k >= 0; k--) {
            int n = B * (k + 1);
            for (int r = 0; r < B; r++) {
                int u = BB * k + B * r;
                right[B * k + r] -= upper[u] * right[n] + upper[u + 1] * right[n + 1] + upper[u + 2] * right[n + 2];
            }
        }
        return true;
    }

    /** diagonal_k -= lower_k upper_(k-1); right_k -= lower_k right_(k-1), where block k-1 is already scaled to the identity. */
    private void eliminate(int k) {
        int p = BB * (k - 1);
        int q = B * (k - 1);
        for (int r = 0; r < B; r++) {
            int l = BB * k + B * r;
            double l0 = lower[l];
            double l1 = lower[l + 1];
            double l2 = lower[l + 2];
            for (int c = 0; c < B; c++) {
                diagonal[l + c] -= l0 * upper[p + c] + l1 * upper[p + 3 + c] + l2 * upper[p + 6 + c];
            }
            right[B * k + r] -= l0 * right[q] + l1 * right[q + 1] + l2 * right[q + 2];
        }
    }

    /** upper_k = diagonal_k^-1 upper_k, right_k = diagonal_k^-1 right_k by Gauss-Jordan with row exchange. */
    private boolean factor(int k) {
        for (int r = 0; r < B; r++) {
            int d = BB * k + B * r;
            for (int c = 0; c < B; c++) {
                rows[7 * r + c] = diagonal[d + c];
                rows[7 * r + 3 + c] = upper[d + c];
            }
            rows[7 * r + 6] = right[B * k + r];
        }
        for (int c = 0; c < B; c++) {
            if (!pivot(c)) {
                return false;
            }
        }
        for (int r = 0; r < B; r++) {
            for (int c = 0; c < B; c++) {
                upper[BB * k + B * r + c] = rows[7 * r + 3 + c];
            }
            right[B * k + r] = rows[7 * r + 6];
        }
        return true;
    }

    private boolean pivot(int c) {
        int best = c;
        for (int r = c + 1; c > 0 && r < B; r++) {
            if (Math.abs(rows[7 * r + c]) > Math.abs(rows[7 * best + c])) {
                best = r;
            }
        }
        double size = Math.abs(rows[7 * best + c]);
        if (!(size > 0 && size < Double.POSITIVE_INFINITY)) {
            return false;
        }
        for (int j = c; best != c && j < 7; j++) {
            double swap = rows[7 * c + j];
            rows[7 * c + j] = rows[7 * best + j];
            rows[7 * best + j] = swap;
        }
        double inverse = 1 / rows[7 * c + c];
        for (int j = c; j < 7; j++) {
            rows[7 * c + j] *= inverse;
        }
        for (int r = 0; r < B; r++) {
            double factor = rows[7 * r + c];
            for (int j = c; r != c && j < 7; j++) {
                rows[7 * r + j] -= factor * rows[7 * c + j];
            }
        }
        return true;
    }
}
