package io.pouchtwin.app.config;

import io.pouchtwin.api.ApiConfig;
import io.pouchtwin.gateway.GatewayConfig;
import io.pouchtwin.gateway.TesterConfig;
import io.pouchtwin.history.HistoryConfig;
import io.pouchtwin.ingest.IngestConfig;
import io.pouchtwin.twin.alert.AlertThresholds;
import io.pouchtwin.twin.alerting.AlertsConfig;
import io.pouchtwin.twin.alerting.AlertsConfig.DesignThresholds;
import io.pouchtwin.twin.engine.EngineConfig;
import io.pouchtwin.twin.webhook.WebhookConfig;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The whole configuration.
 *
 * @param kafka how to reach Kafka
 * @param gateway testers and cells; only the gateway needs it
 * @param ingest validation and segmentation
 * @param engine the twins
 * @param alerts when to tell, and whom
 * @param history where the past is kept
 * @param api HTTP, streams and page
 * @param cluster who shares the live view
 * @param ops metrics and health of a role that runs alone
 */
public record AppConfig(
        KafkaConfig kafka,
        @Nullable GatewayConfig gateway,
        IngestConfig ingest,
        EngineConfig engine,
        AlertsConfig alerts,
        HistoryConfig history,
        ApiConfig api,
        ClusterConfig cluster,
        OpsConfig ops) {

    private static final int NEWARE_PORT = 502;

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?::1]?");

    /** Checks what sections promise each other. */
    public AppConfig {
        boolean guarded = api.tls().present() && !api.access().keysFile().isEmpty();
        if (!guarded && !LOOPBACK.matcher(ops.host()).matches()) {
            throw new IllegalArgumentException("ops.host is " + ops.host()
                    + ", expected a loopback address, or TLS (api.tls.certificate) and a login (api.access.keys-file)");
        }
    }

    /** What holds where nothing is said. */
    public static AppConfig defaults() {
        return new AppConfig(
                KafkaConfig.defaults(),
                null,
                IngestConfig.defaults(),
                EngineConfig.standard(),
                AlertsConfig.standard(),
                HistoryConfig.defaults(),
                ApiConfig.defaults(),
                ClusterConfig.defaults(),
                OpsConfig.defaults());
    }

    /**
     * Reads the configuration.
     *
     * @param file the YAML file, if any
     * @param environment variables; those named POUCHTWIN_... count
     * @param assignments key=value flags
     */
    public static AppConfig read(@Nullable Path file, Map<String, String> environment, List<String> assignments) {
        ConfigReader reader = new ConfigReader(defaults());
        if (file != null) {
            reader.file(file);
        }
        return reader.environment(environment)
                .flags(assignments)
                .elementDefaults(
                        "gateway.testers",
                        TesterConfig.neware("name", "host", NEWARE_PORT, ZoneId.of("UTC")),
                        "name",
                        "host",
                        "time-zone")
                .elementDefaults(
                        "alerts.designs",
                        new DesignThresholds("coin-ncm523-ppla", AlertThresholds.standard()),
                        "design")
                .elementDefaults(
                        "alerts.webhooks",
                        WebhookConfig.of("name", "https://host", "not a secret, 24 bytes and more"),
                        "name",
                        "url",
                        "secret")
                .elementDefaults("gateway.cells", Map.of("area-cm2", 0, "campaign", "", "note", "", "armed", false))
                .bind(AppConfig.class);
    }
}
