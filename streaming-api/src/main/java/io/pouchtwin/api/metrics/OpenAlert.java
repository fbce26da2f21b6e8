package io.pouchtwin.api.metrics;

import io.pouchtwin.api.json.Liveness;
import io.pouchtwin.api.store.CellLine;
import io.pouchtwin.contracts.v1.Freshness;
import io.pouchtwin.contracts.v1.TrustState;
import io.pouchtwin.contracts.v1.TwinState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Something about a cell that a person should know now.
 *
 * @param rule stable code, for example "soft-short"
 * @param stage how urgent it is
 */
record OpenAlert(String rule, Stage stage) {

    /** The two stages of every alert. */
    enum Stage {
        /** Look today. */
        WARNING,
        /** Act now. */
        CRITICAL;

        /** As the label has it. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a cell's newest state and its silence say. */
    static List<OpenAlert> of(CellLine line, Liveness.State liveness) {
        List<OpenAlert> open = new ArrayList<>(2);
        if (liveness == Liveness.State.STALE) {
            open.add(new OpenAlert("stale-data", Stage.WARNING));
        }
        line.latest().ifPresent(state -> fromState(state, open));
        return List.copyOf(open);
    }

    private static void fromState(TwinState state, List<OpenAlert> open) {
        if (state.hasSoftShort() && state.getSoftShort().getCalled()) {
            open.add(new OpenAlert("soft-short", Stage.CRITICAL));
        }
        if (state.getTrust() == TrustState.TRUST_STATE_DIVERGED) {
            open.add(new OpenAlert("model-diverged", Stage.WARNING));
        }
        if (state.getFreshness() == Freshness.FRESHNESS_FROZEN) {
            open.add(new OpenAlert("frozen-reading", Stage.WARNING));
        }
    }
}
