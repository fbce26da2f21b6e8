package io.pouchtwin.cell;

/**
 * U(x) = u0 + u1 x + sum_k a_k tanh(b_k (x - c_k)), continued along the tangent outside [from, to].
 *
 * <p>The form of Chen et al. 2020 for NMC811.
 */
public final class TanhSumOcv implements OpenCircuitVoltage {
    private final double u0;
    private final double u1;
    private final double[] a;
    private final double[] b;
    private final double[] c;
    private final double from;
    private final double to;

    /** u0, u1, a_k [V]; b_k, c_k and the valid range are dimensionless. */
    public TanhSumOcv(double u0, double u1, double[] a, double[] b, double[] c, double from, double to) {
        this.u0 = u0;
        this.u1 = u1;
        this.a = a.clone();
        this.b = b.clone();
        this.c = c.clone();
        this.from = from;
        this.to = to;
    }

    @Override
    public double law(double x) {
        double held = Math.min(Math.max(x, from), to);
        return inside(held) + insideSlope(held) * (x - held);
    }

    @Override
    public double lawSlope(double x) {
        return insideSlope(Math.min(Math.max(x, from), to));
    }

    private double inside(double x) {
        double sum = u0 + u1 * x;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * StrictMath.tanh(b[k] * (x - c[k]));
        }
        return sum;
    }

    private double insideSlope(double x) {
        double sum = u1;
        for (int k = 0; k < a.length; k++) {
            double t = StrictMath.tanh(b[k] * (x - c[k]));
            sum += a[k] * b[k] * (1 - t * t);
        }
        return sum;
    }
}
