package io.pouchtwin.twin.webhook;

import io.pouchtwin.contracts.v1.Alert;
import io.pouchtwin.contracts.v1.AlertChange;
import io.pouchtwin.contracts.v1.AlertMoment;
import io.pouchtwin.contracts.v1.AlertStage;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One alert as a receiver gets it.
 *
 * @param id the same for each attempt, and after any restart: what a receiver deduplicates by
 * @param body JSON
 */
record WebhookMessage(String id, String body) {

    /** Whether a receiver is told of this change. News of an open alert are for the page. */
    static boolean tells(Alert alert, boolean criticalOnly) {
        boolean critical = alert.getStage() == AlertStage.ALERT_STAGE_CRITICAL;
        return alert.getChange() != AlertChange.ALERT_CHANGE_UPDATED && (critical || !criticalOnly);
    }

    static WebhookMessage of(Alert alert, String pageUrl) {
        String page = pageUrl.endsWith("/") ? pageUrl.substring(0, pageUrl.length() - 1) : pageUrl;
        JsonObject data = new JsonObject()
                .put("id", alert.getId())
                .put("revision", alert.getRevision())
                .put("stage", word(alert.getStage().name(), "ALERT_STAGE_"))
                .put("rule", alert.getRule())
                .put("title", alert.getTitle())
                .put("cell", alert.getCell())
                .put("tester", alert.getTester())
                .put("channel", alert.getChannel())
                .put("test_run", alert.getTestRun())
                .put("step_count", alert.getStepCount())
                .put("step_type", word(alert.getStepType().name(), "STEP_TYPE_"))
                .put("cycle_count", alert.getCycleCount())
                .put("quantity", alert.getQuantity())
                .put("unit", alert.getUnit())
                .put("value", alert.hasValue() ? alert.getValue() : null)
                .put("value_low", alert.hasValueLow() ? alert.getValueLow() : null)
                .put("value_high", alert.hasValueHigh() ? alert.getValueHigh() : null)
                .put("threshold", alert.getThreshold())
                .put("horizon_s", alert.hasHorizonS() ? alert.getHorizonS() : null)
                .put("horizon_cycles", alert.hasHorizonCycles() ? alert.getHorizonCycles() : null)
                .put("likely_cause", alert.getLikelyCause())
                .put("suggested_action", alert.getSuggestedAction())
                .put("link", page + alert.getLink())
                .put("onset", moment(alert.getOnset()))
                .put("raised", moment(alert.getRaised()))
                .put("critical", alert.hasCritical() ? moment(alert.getCritical()) : null)
                .put("updated", moment(alert.getUpdated()))
                .put("cleared", alert.hasCleared() ? moment(alert.getCleared()) : null);
        JsonObject message = new JsonObject()
                .put("type", "alert." + word(alert.getChange().name(), "ALERT_CHANGE_"))
                .put("timestamp", time(alert.getUpdated()))
                .put("data", data);
        return new WebhookMessage(alert.getId() + "." + alert.getRevision(), message.encode());
    }

    private static JsonObject moment(AlertMoment moment) {
        return new JsonObject()
                .put("sequence", moment.getSequence())
                .put("test_time_s", moment.getTestTimeS())
                .put("time", time(moment));
    }

    private static @Nullable String time(AlertMoment moment) {
        return moment.hasUnixTimeS()
                ? Instant.ofEpochMilli(Math.round(moment.getUnixTimeS() * 1e3)).toString()
                : null;
    }

    private static String word(String name, String prefix) {
        return name.substring(prefix.length()).toLowerCase(Locale.ROOT);
    }
}
