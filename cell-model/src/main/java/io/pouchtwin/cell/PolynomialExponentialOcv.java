package io.pouchtwin.cell;

import io.pouchtwin.cell.math.Elementary;

/**
 * U(x) = sum_k a_k x^k - s exp(r x^n - h), continued along the tangent outside [from, to].
 *
 * <p>The form of Xu et al. 2019 (n = 115, ninth-order polynomial) and Mohtat et al. 2020 (n = 1, fifth order) for NMC532.
 */
public final class PolynomialExponentialOcv implements OpenCircuitVoltage {
    private final double[] coefficients;
    private final double scale;
    private final double rate;
    private final double power;
    private final double shift;
    private final double from;
    private final double to;
    private final double atFrom;
    private final double slopeFrom;
    private final double atTo;
    private final double slopeTo;

    /** Coefficients a_k [V] by rising order, s [V], r, n, h and the valid range of x. */
    public PolynomialExponentialOcv(
            double[] coefficients, double scale, double rate, double power, double shift, double from, double to) {
        this.coefficients = coefficients.clone();
        this.scale = scale;
        this.rate = rate;
        this.power = power;
        this.shift = shift;
        this.from = from;
        this.to = to;
        this.atFrom = inside(from);
        this.slopeFrom = insideSlope(from);
        this.atTo = inside(to);
        this.slopeTo = insideSlope(to);
    }

    @Override
    public double law(double x) {
        if (x < from) {
            return atFrom + slopeFrom * (x - from);
        }
        if (x > to) {
            return atTo + slopeTo * (x - to);
        }
        return inside(x);
    }

    @Override
    public double lawSlope(double x) {
        if (x < from) {
            return slopeFrom;
        }
        return x > to ? slopeTo : insideSlope(x);
    }

    private double inside(double x) {
        double sum = 0;
        for (int k = coefficients.length - 1; k >= 0; k--) {
            sum = sum * x + coefficients[k];
        }
        return sum - scale * Elementary.exp(rate * Elementary.pow(x, power) - shift);
    }

    private double insideSlope(double x) {
        double sum = 0;
        for (int k = coefficients.length - 1; k >= 1; k--) {
            sum = sum * x + k * coefficients[k];
        }
        double exponential = Elementary.exp(rate * Elementary.pow(x, power) - shift);
        return sum - scale * exponential * rate * power * Elementary.pow(x, power - 1);
    }
}
