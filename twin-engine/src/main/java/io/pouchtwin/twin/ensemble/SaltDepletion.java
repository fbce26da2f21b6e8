package io.pouchtwin.twin.ensemble;

import io.pouchtwin.cell.reduced.Ensemble;
import io.pouchtwin.cell.reduced.StateLayout;

/**
 * How far the reduced cell is to be believed where the salt runs out: with some percent of it left in the depth of the
 * pores, a tenth of a volt hangs on how the last of it is distributed, which a few volumes do not resolve.
 *
 * <pre>
 *   s = V_d (1 - c / c_d)^2 below c_d, else 0
 * </pre>
 *
 * with c the least salt of all volumes over the initial one [1]: 6 mV at c = 0.07, 77 mV at 0.045, 0.4 V where none is
 * left: so much the reduced cell with the true parameters was off, against cells of PyBaMM's whose salt ran out at 2 C. Where it is above 20 mV the twin follows
 * the charge, and the voltage by this error alone, and learns nothing else from it.
 */
final class SaltDepletion {
    private static final double NO_SALT_V = 0.4;
    private static final double DEPLETED_SHARE = 0.08;

    private final double[][] salt;

    SaltDepletion(Ensemble ensemble, StateLayout layout) {
        salt = new double[layout.saltVolumes()][];
        for (int v = 0; v < salt.length; v++) {
            salt[v] = ensemble.state(layout.salt(v));
        }
    }

    /** Standard deviation of the voltage for want of salt [V]. */
    double sigmaV() {
        double least = DEPLETED_SHARE;
        for (double[] volume : salt) {
            least = Math.min(least, RowStatistics.mean(volume));
        }
        double wanting = 1 - Math.max(0, least) / DEPLETED_SHARE;
        return NO_SALT_V * wanting * wanting;
    }
}
