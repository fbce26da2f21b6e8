package io.pouchtwin.cell.reduced;

import java.util.function.DoubleUnaryOperator;

/** Two functions of one variable as straight pieces of equal width in the variable's square root, which resolves small values; found by one look-up; the variable must lie between the table's ends. */
final class PairTable {
    private final double rootFrom;
    private final double perWidth;
    private final int pieces;
    private final double[] nodes;

    PairTable(DoubleUnaryOperator first, DoubleUnaryOperator second, double from, double to, int pieces) {
        rootFrom = Math.sqrt(from);
        this.pieces = pieces;
        this.perWidth = pieces / (Math.sqrt(to) - rootFrom);
        nodes = new double[2 * pieces + 2];
        for (int i = 0; i <= pieces; i++) {
            double root = rootFrom + i / perWidth;
            double x = i == 0 ? from : i == pieces ? to : root * root;
            nodes[2 * i] = first.applyAsDouble(x);
            nodes[2 * i + 1] = second.applyAsDouble(x);
        }
    }

    /** first[m] and second[m] at x[m], for m below n. */
    void row(double[] x, double[] first, double[] second, int n) {
        for (int m = 0; m < n; m++) {
            double position = (Math.sqrt(x[m]) - rootFrom) * perWidth;
            int i = Math.max(0, Math.min(pieces - 1, (int) position));
            double t = position - i;
            double a = nodes[2 * i];
            double b = nodes[2 * i + 1];
            first[m] = Math.fma(t, nodes[2 * i + 2] - a, a);
            second[m] = Math.fma(t, nodes[2 * i + 3] - b, b);
        }
    }
}
