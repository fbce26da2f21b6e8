package io.pouchtwin.twin.webhook;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;

/**
 * Somebody who is told.
 *
 * @param name what the receiver is called; names its place in the outbox, so that a new name begins with the next alert
 * @param url where messages are posted; https, or http on this machine
 * @param secret what messages are signed with, 24 bytes or more
 * @param stage {@code warning} for everything, {@code critical} for what is critical only
 * @param timeout how long one attempt may take
 * @param longestPause most time between two attempts
 * @param giveUpAfter an alert that could not be delivered for so long is left out, with a line in the log
 */
public record WebhookConfig(
        String name,
        String url,
        String secret,
        String stage,
        Duration timeout,
        Duration longestPause,
        Duration giveUpAfter) {
    private static final int LEAST_SECRET_BYTES = 24;
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    /** Checks every value. */
    public WebhookConfig {
        require(name.matches("[A-Za-z0-9._-]{1,100}"), "name", name, "letters, digits, dot, hyphen, underscore");
        URI address;
        try {
            address = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("url is " + url + ", expected an address: " + e.getMessage(), e);
        }
        boolean plain = "http".equals(address.getScheme());
        String host = address.getHost() == null ? "" : address.getHost();
        require(
                !host.isEmpty() && ("https".equals(address.getScheme()) || (plain && LOOPBACK.contains(host))),
                "url",
                url,
                "https://..., or http://127.0.0.1...");
        require(
                secret.getBytes(StandardCharsets.UTF_8).length >= LEAST_SECRET_BYTES,
                "secret",
                "(not shown)",
                LEAST_SECRET_BYTES + " bytes or more");
        require(stage.equals("warning") || stage.equals("critical"), "stage", stage, "warning or critical");
        requireBetween("timeout", timeout, Duration.ofMillis(100), Duration.ofMinutes(2));
        requireBetween("longestPause", longestPause, Duration.ofMillis(100), Duration.ofHours(1));
        requireBetween("giveUpAfter", giveUpAfter, Duration.ofSeconds(1), Duration.ofDays(30));
    }

    /** Every alert, 5 s for an attempt, up to a minute between attempts, for a day. */
    public static WebhookConfig of(String name, String url, String secret) {
        return new WebhookConfig(
                name, url, secret, "warning", Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofDays(1));
    }

    /** The same with another most time between attempts. */
    public WebhookConfig withLongestPause(Duration other) {
        return new WebhookConfig(name, url, secret, stage, timeout, other, giveUpAfter);
    }

    boolean criticalOnly() {
        return stage.equals("critical");
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "WebhookConfig[" + name + " at " + url + " from " + stage + "]";
    }

    private static void require(boolean holds, String key, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(key + " is " + value + ", expected " + expected);
        }
    }

    private static void requireBetween(String key, Duration value, Duration least, Duration most) {
        require(value.compareTo(least) >= 0 && value.compareTo(most) <= 0, key, value, least + " to " + most);
    }
}
