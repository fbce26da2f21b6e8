package io.pouchtwin.cell.reduced;

import java.util.function.DoubleUnaryOperator;

/**
 * A smooth function of one variable with its slope, as cubic Hermite pieces of equal width; beyond its ends it goes on along the tangent.
 *
 * <p>A table looks the same whatever law filled it, has no branch on data, and gives value and slope at the cost of four neighbouring numbers from memory.
 */
final class CubicTable {
    private final double from;
    private final double perWidth;
    private final int pieces;
    /** Value and slope times width, in turn. */
    private final double[] nodes;

    CubicTable(DoubleUnaryOperator value, DoubleUnaryOperator slope, double from, double to, int pieces) {
        this.from = from;
        this.pieces = pieces;
        double width = (to - from) / pieces;
        this.perWidth = pieces / (to - from);
        nodes = new double[2 * pieces + 2];
        for (int i = 0; i <= pieces; i++) {
            double x = i == pieces ? to : from + i * width;
            nodes[2 * i] = value.applyAsDouble(x);
            nodes[2 * i + 1] = slope.applyAsDouble(x) * width;
        }
    }

    /** Value and slope at x[m], for m below n. */
    void row(double[] x, double[] value, double[] slope, int n) {
        for (int m = 0; m < n; m++) {
            double position = (x[m] - from) * perWidth;
            double held = Math.max(0.0, Math.min(pieces, position));
            int i = Math.min(pieces - 1, (int) held);
            double t = held - i;
            double m0 = nodes[2 * i + 1];
            double m1 = nodes[2 * i + 3];
            double rise = nodes[2 * i + 2] - nodes[2 * i];
            double c2 = 3.0 * rise - 2.0 * m0 - m1;
            double c3 = m0 + m1 - 2.0 * rise;
            double s = Math.fma(t, Math.fma(3.0 * c3, t, 2.0 * c2), m0);
            double v = Math.fma(t, Math.fma(t, Math.fma(t, c3, c2), m0), nodes[2 * i]);
            value[m] = Math.fma(position - held, s, v);
            slope[m] = s * perWidth;
        }
    }

    /** Value at one x. */
    double at(double x) {
        double[] v = new double[1];
        row(new double[] {x}, v, new double[1], 1);
        return v[0];
    }
}
