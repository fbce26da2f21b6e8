package io.pouchtwin.twin.alerting;

import io.pouchtwin.cell.parameters.ParameterLibrary;
import io.pouchtwin.twin.alert.AlertThresholds;
import io.pouchtwin.twin.alert.StopPolicy;
import io.pouchtwin.twin.webhook.WebhookConfig;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * When to tell, whom, and whether a short asks for a stop.
 *
 * @param thresholds for every design that is not named in {@code designs}
 * @param designs designs with thresholds of their own
 * @param protectiveStop off by default; a channel stops only where the gateway's configuration arms it besides
 * @param pageUrl where people open the live page, for links in messages
 * @param webhooks who is told
 */
public record AlertsConfig(
        AlertThresholds thresholds,
        List<DesignThresholds> designs,
        StopPolicy protectiveStop,
        String pageUrl,
        List<WebhookConfig> webhooks) {

    /**
     * Thresholds of one design.
     *
     * @param design name of its parameter set
     * @param thresholds all of them; what the file leaves out is the standard
     */
    public record DesignThresholds(String design, AlertThresholds thresholds) {
        /** Checks the name. */
        public DesignThresholds {
            if (!ParameterLibrary.DESIGNS.contains(design)) {
                throw new IllegalArgumentException("design is " + design + ", expected one of "
                        + String.join(", ", ParameterLibrary.DESIGNS) + ": thresholds of no other would ever apply");
            }
        }
    }

    /** Checks what belongs together. */
    public AlertsConfig {
        designs = List.copyOf(designs);
        webhooks = List.copyOf(webhooks);
        Set<String> names = new HashSet<>();
        for (DesignThresholds design : designs) {
            if (!names.add(design.design())) {
                throw new IllegalArgumentException("designs: " + design.design() + ", expected each design once");
            }
        }
        names.clear();
        for (WebhookConfig webhook : webhooks) {
            if (!names.add(webhook.name())) {
                throw new IllegalArgumentException("webhooks: " + webhook.name() + ", expected each name once");
            }
        }
        String scheme = URI.create(pageUrl).getScheme();
        if (!"http".equals(scheme) && !"https".equals(scheme)) {
            throw new IllegalArgumentException("pageUrl is " + pageUrl + ", expected http://... or https://...");
        }
    }

    /** Standard thresholds, nobody told, no stops. */
    public static AlertsConfig standard() {
        return new AlertsConfig(
                AlertThresholds.standard(), List.of(), StopPolicy.OFF, "http://127.0.0.1:8080", List.of());
    }

    /** The same with other receivers. */
    public AlertsConfig withWebhooks(List<WebhookConfig> others) {
        return new AlertsConfig(thresholds, designs, protectiveStop, pageUrl, others);
    }

    /** The same with another policy of stops. */
    public AlertsConfig withProtectiveStop(StopPolicy other) {
        return new AlertsConfig(thresholds, designs, other, pageUrl, webhooks);
    }

    /** The same with another address of the page. */
    public AlertsConfig withPageUrl(String other) {
        return new AlertsConfig(thresholds, designs, protectiveStop, other, webhooks);
    }

    /** The same with other thresholds. */
    public AlertsConfig withThresholds(AlertThresholds other) {
        return new AlertsConfig(other, designs, protectiveStop, pageUrl, webhooks);
    }

    /** Thresholds of a parameter set. */
    Function<String, AlertThresholds> byDesign() {
        Map<String, AlertThresholds> own = new HashMap<>();
        designs.forEach(design -> own.put(design.design(), design.thresholds()));
        return parameterSet -> own.getOrDefault(parameterSet, thresholds);
    }
}
