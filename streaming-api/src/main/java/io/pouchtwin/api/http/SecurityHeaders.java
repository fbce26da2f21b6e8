package io.pouchtwin.api.http;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What every response carries, and which requests are not served at all.
 *
 * <p>The API listens on loopback without a login, so the browser is the way in for a stranger: a page from elsewhere may not read it (no CORS
 * headers), may not open a WebSocket to it (Origin), and may not reach it under a name of its own (Host; DNS rebinding).
 */
public final class SecurityHeaders {
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[?::1]?");

    private SecurityHeaders() {}

    /** Puts the headers, refuses foreign hosts, goes on. */
    public static void handle(RoutingContext context) {
        put(context.response());
        HostAndPort authority = context.request().authority();
        if (authority == null
                || !LOOPBACK.matcher(authority.host().toLowerCase(Locale.ROOT)).matches()) {
            throw new Problem(
                    421,
                    "foreign-host",
                    "Not served under this name",
                    "This server answers only as localhost or a loopback address");
        }
        context.next();
    }

    /** Puts the headers. */
    public static void put(HttpServerResponse response) {
        response.putHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    }

    /** Refuses a WebSocket that a page from elsewhere opens. */
    public static void requireSameOrigin(RoutingContext context) {
        String origin = context.request().getHeader("Origin");
        if (origin == null) {
            return; // not a browser
        }
        HostAndPort host = context.request().authority();
        if (!origin.equalsIgnoreCase("http://" + host) && !origin.equalsIgnoreCase("https://" + host)) {
            throw new Problem(
                    403,
                    "foreign-origin",
                    "Pages from elsewhere may not connect",
                    "The WebSocket was opened by a page of " + origin + "; only this server's own page may");
        }
    }
}
