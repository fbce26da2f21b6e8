package io.pouchtwin.twin.alerting;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.pouchtwin.contracts.v1.Alert;
import io.pouchtwin.contracts.v1.AlertChange;
import io.pouchtwin.contracts.v1.AlertStage;
import io.pouchtwin.contracts.v1.StopRequest;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the alerts count, and their lines in the log. No label with a cell's name. */
final class AlertMetrics {
    private static final Logger LOG = LoggerFactory.getLogger(AlertMetrics.class);

    private final MeterRegistry registry;

    AlertMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void told(Alert alert) {
        String stage = alert.getStage() == AlertStage.ALERT_STAGE_CRITICAL ? "critical" : "warning";
        String change =
                alert.getChange().name().substring("ALERT_CHANGE_".length()).toLowerCase(Locale.ROOT);
        Counter.builder("pouchtwin.alerts")
                .description("changes of alerts")
                .tag("rule", alert.getRule())
                .tag("stage", stage)
                .tag("change", change)
                .register(registry)
                .increment();
        if (alert.getChange() != AlertChange.ALERT_CHANGE_UPDATED) {
            LOG.info(
                    "alert {} {} ({}): cell {} on {} {}, {}",
                    alert.getRule(),
                    change,
                    stage,
                    alert.getCell(),
                    alert.getTester(),
                    alert.getChannel(),
                    alert.getTitle());
        }
    }

    void stopRequested(StopRequest request) {
        LOG.warn(
                "protective stop asked for: cell {} on {} {}, {}",
                request.getCell(),
                request.getTester(),
                request.getChannel(),
                request.getReason());
    }
}
