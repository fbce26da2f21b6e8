package io.pouchtwin.cell.math;

/**
 * The value that a standard normal variable stays below with probability p, with the same bits everywhere.
 *
 * <p>Relative accuracy about 1e-16 (Algorithm AS 241, PPND16), by rational functions of q = p - 1/2 in the middle and of sqrt(-log(min(p, 1 - p))) in the tails.
 *
 * @see "M. J. Wichura, Algorithm AS 241: The percentage points of the normal distribution, Applied Statistics 37 (1988) 477"
 */
public final class NormalQuantile {
    private static final double[] A = {
        3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946,
        45921.95393154987, 67265.7709270087, 33430.57558358813, 2509.0809287301227
    };
    private static final double[] B = {
        1.0, 42.31333070160091, 687.1870074920579, 5394.196021424751,
        21213.794301586597, 39307.89580009271, 28729.085735721943, 5226.495278852854
    };
    private static final double[] C = {
        1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045,
        1.2704582524523684, 0.2417807251774506, 0.022723844989269184, 0.0007745450142783414
    };
    private static final double[] D = {
        1.0, 2.053191626637759, 1.6763848301838038, 0.6897673349851,
        0.14810397642748008, 0.015198666563616457, 0.0005475938084995345, 1.0507500716444169e-09
    };
    private static final double[] E = {
        6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487,
        0.026532189526576124, 0.0012426609473880784, 2.7115555687434876e-05, 2.0103343992922881e-07
    };
    private static final double[] F = {
        1.0, 0.599832206555888, 0.1369298809227358, 0.014875361290850615,
        0.0007868691311456133, 1.8463183175100548e-05, 1.421511758316446e-07, 2.0442631033899397e-15
    };
    private static final double CENTRAL = 0.425;
    private static final double CENTRAL_SQUARE = 0.180625;
    private static final double NEAR_TAIL = 5.0;
    private static final double NEAR_SHIFT = 1.6;

    private NormalQuantile() {}

    /**
     * The quantile.
     *
     * @param p probability, 0 to 1 [1]; at the ends the result is infinite, outside it is NaN
     */
    public static double of(double p) {
        double q = p - 0.5;
        if (Math.abs(q) <= CENTRAL) {
            double r = Math.fma(-q, q, CENTRAL_SQUARE);
            return q * polynomial(A, r) / polynomial(B, r);
        }
        if (p == 0.0 || p == 1.0) {
            return Math.copySign(Double.POSITIVE_INFINITY, q);
        }
        double r = Math.sqrt(-Elementary.log(q < 0 ? p : 1.0 - p));
        double tail = r <= NEAR_TAIL
                ? polynomial(C, r - NEAR_SHIFT) / polynomial(D, r - NEAR_SHIFT)
                : polynomial(E, r - NEAR_TAIL) / polynomial(F, r - NEAR_TAIL);
        return Math.copySign(tail, q);
    }

    private static double polynomial(double[] c, double x) {
        double y = c[c.length - 1];
        for (int i = c.length - 2; i >= 0; i--) {
            y = Math.fma(y, x, c[i]);
        }
        return y;
    }
}
