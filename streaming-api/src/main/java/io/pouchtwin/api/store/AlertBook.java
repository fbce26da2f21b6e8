package io.pouchtwin.api.store;

import io.pouchtwin.contracts.v1.Alert;
import io.pouchtwin.contracts.v1.AlertAcknowledgement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The alerts: all that are open, and the latest that are not. An acknowledgement may come before its alert, since they are
 * read from two topics. Belongs to the store's thread.
 */
public final class AlertBook {
    /** Most alerts that are kept though they have cleared. */
    static final int MOST_CLEARED = 5_000;

    private static final int MOST_ACKNOWLEDGEMENTS = 50_000;

    // in the order in which they were raised
    private final Map<String, AlertLine> lines = new LinkedHashMap<>();
    private final Map<String, AlertAcknowledgement> acknowledgements = new LinkedHashMap<>();
    private int cleared;
    private long changes;

    /** Takes a revision; empty where it is known already. */
    Optional<AlertLine> take(Alert alert) {
        AlertLine before = lines.get(alert.getId());
        if (before != null && before.alert().getRevision() >= alert.getRevision()) {
            return Optional.empty();
        }
        AlertLine line = new AlertLine(alert, acknowledgements.get(alert.getId()));
        lines.put(alert.getId(), line);
        changes++;
        if (!line.open() && (before == null || before.open())) {
            cleared++;
            forgetOldest();
        }
        return Optional.of(line);
    }

    /** Takes an acknowledgement; empty where its alert is not known (yet). */
    Optional<AlertLine> take(AlertAcknowledgement acknowledgement) {
        String id = acknowledgement.getAlertId();
        acknowledgements.put(id, acknowledgement);
        if (acknowledgements.size() > MOST_ACKNOWLEDGEMENTS) {
            acknowledgements.remove(acknowledgements.keySet().iterator().next());
        }
        AlertLine line = lines.get(id);
        if (line == null) {
            return Optional.empty();
        }
        AlertLine taken = new AlertLine(line.alert(), acknowledgement);
        lines.put(id, taken);
        changes++;
        return Optional.of(taken);
    }

    private void forgetOldest() {
        if (cleared > MOST_CLEARED) {
            lines.values().stream()
                    .filter(line -> !line.open())
                    .map(line -> line.alert().getId())
                    .findFirst()
                    .ifPresent(id -> {
                        lines.remove(id);
                        acknowledgements.remove(id);
                        cleared--;
                    });
        }
    }

    /** How often something has changed here. */
    long changes() {
        return changes;
    }

    /** One alert. */
    public Optional<AlertLine> alert(String id) {
        return Optional.ofNullable(lines.get(id));
    }

    /** All of them, the latest raised first. */
    public List<AlertLine> newestFirst() {
        List<AlertLine> newest = new ArrayList<>(lines.values());
        Collections.reverse(newest);
        return newest;
    }
}
