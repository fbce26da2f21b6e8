package io.pouchtwin.cell;

import io.pouchtwin.cell.math.Elementary;

/**
 * Open-circuit voltage of a cathode against lithium at the reference temperature, U(x) [V], falling in x.
 *
 * <p>Every law ends in the guard that PyBaMM adds to an electrode, so that the voltage runs away before x leaves (0, 1):
 *
 * <pre>E(x) - E(1 - x),   E(x) = a ln(1 + exp(-b (x - c)))   (1 mV at x = 0.001, 1 V at 0)</pre>
 *
 * Outside its valid range a law continues along its tangent, so U stays falling and can be inverted.
 */
public sealed interface OpenCircuitVoltage permits PolynomialExponentialOcv, TanhSumOcv {
    /** Voltage of the law alone, without end guard [V]. */
    double law(double stoichiometry);

    /** Slope of the law alone, dU/dx [V]. */
    double lawSlope(double stoichiometry);

    /** U(x) [V], with end guard. */
    default double voltage(double x) {
        return law(x) + EndGuard.voltage(x) - EndGuard.voltage(1 - x);
    }

    /** dU/dx [V], with end guard; negative. */
    default double slope(double x) {
        return lawSlope(x) + EndGuard.slope(x) + EndGuard.slope(1 - x);
    }

    /**
     * The stoichiometry whose open-circuit voltage is the given one, by bisection on (0, 1); a voltage beyond the curve gives
     * the nearest end.
     */
    default double stoichiometry(double voltageV) {
        double low = 1e-6;
        double high = 1 - 1e-6;
        for (int i = 0; i < 60; i++) {
            double middle = 0.5 * (low + high);
            if (voltage(middle) > voltageV) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return 0.5 * (low + high);
    }

    /** E(x) and its slope; coefficients of PyBaMM (U_asymptotes), issue 5371 there. */
    final class EndGuard {
        private static final double A_V = 205.0568621937484;
        private static final double B = 6910.192179565431;
        private static final double C = -7.7e-4;
        /** Beyond this exponent ln(1 + e^z) is z in double precision. */
        private static final double LINEAR_FROM = 36.7;
        /** Below this exponent the guard, 1e-24 V, is lost when it is added to a voltage. */
        private static final double NOTHING_BELOW = -60;

        private EndGuard() {}

        static double voltage(double x) {
            double z = -B * (x - C);
            if (z < NOTHING_BELOW) {
                return 0;
            }
            return A_V * (z > LINEAR_FROM ? z : Elementary.log1p(Elementary.exp(z)));
        }

        static double slope(double x) {
            double z = -B * (x - C);
            if (z < NOTHING_BELOW) {
                return 0;
            }
            double share = z > LINEAR_FROM ? 1 : 1 / (1 + Elementary.exp(-z));
            return -A_V * B * share;
        }
    }
}
