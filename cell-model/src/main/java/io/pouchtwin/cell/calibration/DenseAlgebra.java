package io.pouchtwin.cell.calibration;

/** The dense linear algebra that the calibration needs, behind one small door so that the library can be exchanged. Matrices are rows of rows. */
public interface DenseAlgebra {
    /** The product a b. */
    double[][] multiply(double[][] a, double[][] b);

    /** Singular value decomposition a = U diag(s) V^T, s falling, with as many columns of U and V as a has columns; a has at least as many rows as columns. */
    Decomposition decompose(double[][] a);

    /** Least squares solution of a x = b by the decomposition of a. */
    default double[] leastSquares(double[][] a, double[] b) {
        return decompose(a).solve(b);
    }

    /**
     * U, s and V.
     *
     * @param u rows x columns
     * @param s singular values, falling
     * @param v columns x columns
     */
    // numbers on their way through an algorithm; nobody compares them as records
    @SuppressWarnings("ArrayRecordComponent")
    record Decomposition(double[][] u, double[] s, double[][] v) {
        private static final double NOTHING = 1e-13;

        /** x = V diag(1/s) U^T b, without directions whose singular value is nothing beside the largest. */
        public double[] solve(double[] b) {
            double[] x = new double[v.length];
            for (int k = 0; k < s.length; k++) {
                if (s[k] <= NOTHING * s[0]) {
                    continue;
                }
                double projection = 0;
                for (int r = 0; r < b.length; r++) {
                    projection = Math.fma(u[r][k], b[r], projection);
                }
                for (int c = 0; c < x.length; c++) {
                    x[c] = Math.fma(v[c][k], projection / s[k], x[c]);
                }
            }
            return x;
        }
    }
}
