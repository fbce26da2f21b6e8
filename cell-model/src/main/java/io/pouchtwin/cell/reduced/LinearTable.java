package io.pouchtwin.cell.reduced;

import java.util.function.DoubleUnaryOperator;

/** A function of one variable as straight pieces of equal width; beyond its ends it keeps the end's value. */
final class LinearTable {
    private final double from;
    private final double perWidth;
    private final int pieces;
    private final double[] nodes;

    LinearTable(DoubleUnaryOperator value, double from, double to, int pieces) {
        this.from = from;
        this.pieces = pieces;
        this.perWidth = pieces / (to - from);
        nodes = new double[pieces + 1];
        for (int i = 0; i <= pieces; i++) {
            nodes[i] = value.applyAsDouble(i == pieces ? to : from + i * ((to - from) / pieces));
        }
    }

    /** Value at x[m] known to lie between the table's ends, for m below n; cheaper than {@link #row}. */
    void rowInside(double[] x, double[] value, int n) {
        for (int m = 0; m < n; m++) {
            double position = (x[m] - from) * perWidth;
            int i = Math.max(0, Math.min(pieces - 1, (int) position));
            double low = nodes[i];
            value[m] = Math.fma(position - i, nodes[i + 1] - low, low);
        }
    }

    /** Value at x[m], for m below n; the result may be written over x. */
    void row(double[] x, double[] value, int n) {
        for (int m = 0; m < n; m++) {
            double held = Math.max(0.0, Math.min(pieces, (x[m] - from) * perWidth));
            int i = Math.min(pieces - 1, (int) held);
            double low = nodes[i];
            value[m] = Math.fma(held - i, nodes[i + 1] - low, low);
        }
    }
}
