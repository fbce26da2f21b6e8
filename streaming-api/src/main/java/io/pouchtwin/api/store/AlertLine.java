package io.pouchtwin.api.store;

import io.pouchtwin.contracts.v1.Alert;
import io.pouchtwin.contracts.v1.AlertAcknowledgement;
import io.pouchtwin.contracts.v1.AlertChange;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An alert and who took it on.
 *
 * @param alert its latest revision
 * @param acknowledged the latest acknowledgement; null while there is none
 */
public record AlertLine(Alert alert, @Nullable AlertAcknowledgement acknowledged) {

    /** Whether the condition still holds. */
    public boolean open() {
        return alert.getChange() != AlertChange.ALERT_CHANGE_CLEARED;
    }

    /** Who took it on. */
    public Optional<AlertAcknowledgement> acknowledgement() {
        return Optional.ofNullable(acknowledged);
    }
}
