package io.pouchtwin.cell.calibration;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * {@link DenseAlgebra} by ND4J (OpenBLAS). Started with OMP_NUM_THREADS=1 its sums have one order, so that a result has the same bits on every JDK of one machine.
 */
public final class Nd4jAlgebra implements DenseAlgebra {
    @Override
    public double[][] multiply(double[][] a, double[][] b) {
        try (INDArray left = Nd4j.create(a);
                INDArray right = Nd4j.create(b);
                INDArray product = left.mmul(right)) {
            return product.toDoubleMatrix();
        }
    }

    @Override
    public Decomposition decompose(double[][] a) {
        int rows = a.length;
        int columns = a[0].length;
        if (rows < columns) {
            throw new IllegalArgumentException(
                    rows + " rows for " + columns + " columns: expected at least as many rows");
        }
        // gesvd works in place and column by column
        try (INDArray work = Nd4j.create(a).dup('f');
                INDArray s = Nd4j.create(DataType.DOUBLE, columns);
                INDArray u = Nd4j.create(DataType.DOUBLE, new long[] {rows, rows}, 'f');
                INDArray vt = Nd4j.create(DataType.DOUBLE, new long[] {columns, columns}, 'f')) {
            Nd4j.getBlasWrapper().lapack().gesvd(work, s, u, vt);
            return oriented(u.toDoubleMatrix(), s.toDoubleVector(), vt.toDoubleMatrix());
        }
    }

    /** Transposes V^T and gives every pair of vectors the sign that makes the largest component of v positive. */
    private static Decomposition oriented(double[][] u, double[] s, double[][] vt) {
        int n = s.length;
        double[][] v = new double[n][n];
        for (int k = 0; k < n; k++) {
            int largest = 0;
            for (int c = 1; c < n; c++) {
                if (Math.abs(vt[k][c]) > Math.abs(vt[k][largest])) {
                    largest = c;
                }
            }
            double sign = vt[k][largest] < 0 ? -1 : 1;
            for (int c = 0; c < n; c++) {
                v[c][k] = sign * vt[k][c];
            }
            for (double[] row : u) {
                row[k] *= sign;
            }
        }
        return new Decomposition(u, s, v);
    }
}
