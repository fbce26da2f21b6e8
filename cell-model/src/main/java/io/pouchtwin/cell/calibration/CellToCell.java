package io.pouchtwin.cell.calibration;

import io.pouchtwin.cell.math.Elementary;
import io.pouchtwin.cell.math.Philox;

/**
 * How much faster or slower another cell of a design ages than the one that was fitted, and what the mechanisms leave out: a factor on all rates of ageing, drawn for each member.
 *
 * <p>The fit holds one set of constants for all tests. That says how the tested cells aged; a cell that has not been tested ages at its own pace. Without this factor an ensemble fitted to one number per rate would be much too sure of the
 * next cell. Its spread is assumed: lives of nominally equal laboratory lithium metal cells scatter by a third to a half.
 */
final class CellToCell {
    /** Standard deviation of the pace's logarithm. */
    static final double PACE_SIGMA = 0.35;

    private static final int STREAM = 5;

    private final Philox random;

    CellToCell(long seed) {
        random = Philox.of(seed, "pace");
    }

    /** Pace of a member; 1 is that of the fitted cells. */
    double pace(int member) {
        return Elementary.exp(PACE_SIGMA * random.normal(member, 0, STREAM, 0));
    }

    /** The coins' values with all rates of ageing at another pace. */
    static double[] paced(double[] v, double pace) {
        double[] other = v.clone();
        times(other, CoinUnknown.FILM_GROWTH, pace);
        times(other, CoinUnknown.LITHIUM_LOSS, pace);
        times(other, CoinUnknown.CATHODE_LOSS, pace);
        times(other, CoinUnknown.DAMAGE_LIFE, 1 / pace);
        return other;
    }

    @SuppressWarnings("EnumOrdinal")
    private static void times(double[] v, CoinUnknown unknown, double factor) {
        v[unknown.ordinal()] *= factor;
    }
}
