package io.pouchtwin.history;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * Where a QuestDB is written to and queried.
 *
 * @param url "http://host:9000" or "https://host:9000"
 * @param user name, empty for none
 * @param password of that user
 */
public record DatabaseAddress(URI url, String user, String password) {

    public DatabaseAddress {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!(scheme.equals("http") || scheme.equals("https")) || url.getHost() == null || url.getPort() < 1) {
            throw new IllegalArgumentException(
                    "url: \"" + url + "\", expected http://host:port or https://host:port, e.g. http://questdb-1:9000");
        }
    }

    /** Whether it is spoken to over TLS. */
    public boolean tls() {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    /** Value of the Authorization header; empty without a user. */
    public String authorization() {
        return user.isEmpty()
                ? ""
                : "Basic "
                        + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** Passwords stay out of logs. */
    @Override
    public String toString() {
        return url.toString();
    }
}
