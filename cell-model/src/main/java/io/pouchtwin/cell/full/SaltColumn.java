package io.pouchtwin.cell.full;

/**
 * Salt between two lithium electrodes: du/dt = (tau D / eps) d2u/dx2 with the flux (1 - t+) i / F at both ends, so its total stays.
 *
 * <p>A step is two implicit Euler half steps, extrapolated with one whole step to second order.
 */
final class SaltColumn {
    /** Relative salt concentration in equidistant cells. */
    final double[] salt;

    private final double[] whole;
    private final double[] ratio;

    SaltColumn(int cells) {
        salt = new double[cells];
        whole = new double[cells];
        ratio = new double[cells];
        java.util.Arrays.fill(salt, 1);
    }

    /**
     * Advances by {@code h}.
     *
     * @param exchange tau D / (eps dx^2) [1/s]
     * @param source gain of the first and loss of the last cell [1/s]
     */
    void step(double h, double exchange, double source) {
        System.arraycopy(salt, 0, whole, 0, salt.length);
        implicit(whole, h, exchange, source);
        implicit(salt, 0.5 * h, exchange, source);
        implicit(salt, 0.5 * h, exchange, source);
        for (int k = 0; k < salt.length; k++) {
            salt[k] = 2 * salt[k] - whole[k];
        }
    }

    private void implicit(double[] u, double h, double exchange, double source) {
        int last = u.length - 1;
        double coupling = h * exchange;
        u[0] += h * source;
        u[last] -= h * source;
        double before = 0;
        for (int k = 0; k <= last; k++) {
            int neighbours = (k > 0 ? 1 : 0) + (k < last ? 1 : 0);
            double pivot = 1 + neighbours * coupling - (k > 0 ? coupling * ratio[k - 1] : 0);
            ratio[k] = coupling / pivot;
            u[k] = (u[k] + (k > 0 ? coupling * before : 0)) / pivot;
            before = u[k];
        }
        for (int k = last - 1; k >= 0; k--) {
            u[k] += ratio[k] * u[k + 1];
        }
    }
}
