package io.pouchtwin.app.watchdog;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the watchdog sends, in the form of Alertmanager's webhooks, so that a pager needs no second door; and what it prints of those that it gets. */
final class Page {
    private static final String NAME = "MonitoringSilent";

    private Page() {}

    /** The alarm that monitoring is silent, or that it is back. */
    static JsonObject silence(boolean firing, Duration away, Instant now) {
        String summary = firing
                ? "No heartbeat from Alertmanager for " + away.toSeconds() + " s: no alert can reach anybody"
                : "The heartbeat of Alertmanager is back";
        JsonObject alert = new JsonObject()
                .put("status", firing ? "firing" : "resolved")
                .put("labels", new JsonObject().put("alertname", NAME).put("severity", "critical"))
                .put(
                        "annotations",
                        new JsonObject().put("summary", summary).put("runbook", "docs/runbooks/Watchdog.md"))
                .put("startsAt", now.minus(away).toString())
                .put("fingerprint", NAME);
        return new JsonObject()
                .put("version", "4")
                .put("groupKey", "watchdog:" + NAME)
                .put("status", alert.getString("status"))
                .put("receiver", "watchdog")
                .put("groupLabels", new JsonObject().put("alertname", NAME))
                .put("commonLabels", alert.getJsonObject("labels"))
                .put("commonAnnotations", alert.getJsonObject("annotations"))
                .put("alerts", new JsonArray().add(alert));
    }

    /** One line for each alert in a webhook's body. */
    static List<String> lines(JsonObject body) {
        List<String> lines = new ArrayList<>();
        for (Object each : body.getJsonArray("alerts", new JsonArray())) {
            if (each instanceof JsonObject alert) {
                JsonObject labels = alert.getJsonObject("labels", new JsonObject());
                JsonObject notes = alert.getJsonObject("annotations", new JsonObject());
                lines.add(alert.getString("status", "") + " " + labels.getString("severity", "") + " "
                        + labels.getString("alertname", "") + ": " + notes.getString("summary", ""));
            }
        }
        return lines;
    }
}
