package io.pouchtwin.api.metrics;

import io.pouchtwin.api.json.Liveness;
import io.pouchtwin.contracts.v1.SoftShort;
import io.pouchtwin.contracts.v1.TrustState;
import io.pouchtwin.contracts.v1.TwinState;
import java.util.Comparator;
import java.util.List;

/**
 * How much a cell asks to be looked at: its level, and within a level how near the soft-short watch is to speaking.
 *
 * <table>
 * <caption>Levels</caption>
 * <tr><td>4</td><td>a critical alert is open</td></tr>
 * <tr><td>3</td><td>a warning is open: data stale, model diverged, reading frozen, ...</td></tr>
 * <tr><td>2</td><td>one sign of a soft short speaks</td></tr>
 * <tr><td>1</td><td>the twin still finds the cell's state</td></tr>
 * <tr><td>0</td><td>calm, ended, or never seen</td></tr>
 * </table>
 */
final class Attention {
    private static final int CRITICAL = 4;
    private static final int WARNING = 3;
    private static final int SIGN = 2;
    private static final int CONVERGING = 1;
    private static final double BELOW_NEXT_LEVEL = 0.99;

    private Attention() {}

    /** Level plus a fraction below 1. */
    static double of(CellReading cell) {
        double sign = cell.state().map(Attention::strongestSign).orElse(0.0);
        return level(cell, sign) + BELOW_NEXT_LEVEL * Math.min(1, Math.max(0, sign));
    }

    /** The cells that ask most, most first; equals by name, so that they do not change places for nothing. */
    static List<CellReading> most(List<CellReading> cells, int limit) {
        record Ranked(CellReading cell, double attention) {}
        return cells.stream()
                .map(cell -> new Ranked(cell, of(cell)))
                .sorted(Comparator.comparingDouble((Ranked r) -> -r.attention())
                        .thenComparing(r -> r.cell().cell()))
                .limit(limit)
                .map(Ranked::cell)
                .toList();
    }

    private static int level(CellReading cell, double sign) {
        if (cell.alerts().stream().anyMatch(alert -> alert.stage() == OpenAlert.Stage.CRITICAL)) {
            return CRITICAL;
        }
        if (!cell.alerts().isEmpty()) {
            return WARNING;
        }
        if (cell.liveness() == Liveness.State.ENDED || cell.liveness() == Liveness.State.NEVER) {
            return 0;
        }
        if (sign >= 1) {
            return SIGN;
        }
        boolean converging = cell.state()
                .filter(state -> state.getTrust() == TrustState.TRUST_STATE_CONVERGING)
                .isPresent();
        return converging ? CONVERGING : 0;
    }

    /** The stronger sign of a soft short over its threshold. */
    static double strongestSign(TwinState state) {
        SoftShort signs = state.getSoftShort();
        return Math.max(signs.getChargeBalanceLevel(), signs.getRestDriftLevel());
    }
}
