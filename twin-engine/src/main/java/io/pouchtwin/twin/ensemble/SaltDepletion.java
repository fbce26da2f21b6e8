package io.pouchtwin.twin.ensemble;

import io.pouchtwin.cell.reduced.Ensemble;
import io.pouchtwin.cell.reduced.StateLayout;

/**
 * How far the reduced cell is to be believed where the salt runs out: with some percent of it left in the depth of the
 * pores, where the reaction stops hangs on how the last of it is distributed.
 *
 * <pre>
 *   s = V_d (1 - c / c_d)^2 below c_d, else 0
 * </pre>
 *
 * with c the least salt of all volumes over the initial one [1]. V_d is about what the reduced cell with the true parameters
 * was off by on a cell of PyBaMM's whose salt ran out at 2 C: 9 mV RMS on the cliff at the end, below one before it. It lasts as long
 * as the salt's profile ({@link ModelError#depletionForgetting}).
 */
final class SaltDepletion {
    private static final double NO_SALT_V = 0.01;
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
