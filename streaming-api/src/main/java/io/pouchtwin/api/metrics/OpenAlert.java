package io.pouchtwin.api.metrics;

import io.pouchtwin.api.store.AlertBook;
import io.pouchtwin.api.store.AlertLine;
import io.pouchtwin.contracts.v1.AlertStage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An alert of the twin that is raised and not cleared. Prometheus pages on these and on nothing else about a cell, so that both say the same.
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

    /** The open alerts of each cell that has any. */
    static Map<String, List<OpenAlert>> byCell(AlertBook book) {
        Map<String, List<OpenAlert>> open = new HashMap<>();
        for (AlertLine line : book.newestFirst()) {
            if (line.open()) {
                OpenAlert alert = of(line);
                List<OpenAlert> ofCell = open.computeIfAbsent(line.alert().getCell(), cell -> new ArrayList<>(2));
                if (!ofCell.contains(alert)) {
                    ofCell.add(alert);
                }
            }
        }
        return open;
    }

    private static OpenAlert of(AlertLine line) {
        boolean critical = line.alert().getStage() == AlertStage.ALERT_STAGE_CRITICAL;
        return new OpenAlert(line.alert().getRule(), critical ? Stage.CRITICAL : Stage.WARNING);
    }
}
