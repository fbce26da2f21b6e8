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
    /** Four coefficients of each piece, rising powers of its share of the width; after the last a straight one from the end. */
    private final double[] coefficients;

    CubicTable(DoubleUnaryOperator value, DoubleUnaryOperator slope, double from, double to, int pieces) {
        this.from = from;
        this.pieces = pieces;
        double width = (to - from) / pieces;
        this.perWidth = pieces / (to - from);
        coefficients = new double[4 * pieces + 4];
        double v1 = value.applyAsDouble(to);
        double m1 = slope.applyAsDouble(to) * width;
        coefficients[4 * pieces] = v1;
        coefficients[4 * pieces + 1] = m1;
        for (int i = pieces - 1; i >= 0; i--) {
            double x = from + i * width;
            double v0 = value.applyAsDouble(x);
            double m0 = slope.applyAsDouble(x) * width;
            coefficients[4 * i] = v0;
            coefficients[4 * i + 1] = m0;
            coefficients[4 * i + 2] = 3.0 * (v1 - v0) - 2.0 * m0 - m1;
            coefficients[4 * i + 3] = m0 + m1 - 2.0 * (v1 - v0);
            v1 = v0;
            m1 = m0;
        }
    }

    /** Value and slope at x[m], for m below n. */
    void row(double[] x, double[] value, double[] slope, int n) {
        for (int m = 0; m < n; m++) {
            double position = (x[m] - from) * perWidth;
            double held = Math.max(0.0, Math.min(pieces, position));
            int i = (int) held;
            double t = held - i;
            double c1 = coefficients[4 * i + 1];
            double c2 = coefficients[4 * i + 2];
            double c3 = coefficients[4 * i + 3];
            double s = Math.fma(t, Math.fma(3.0 * t, c3, 2.0 * c2), c1);
            double v = Math.fma(t, Math.fma(t, Math.fma(t, c3, c2), c1), coefficients[4 * i]);
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
