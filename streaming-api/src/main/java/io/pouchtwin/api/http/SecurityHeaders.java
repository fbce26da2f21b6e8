package io.pouchtwin.api.http;

import io.pouchtwin.api.security.AccessConfig;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What every response carries, and which requests are not served at all.
 *
 * <p>On loopback without a login the browser is the way in for a stranger: a page from elsewhere may not read the API (no CORS headers), may not open a WebSocket to it
 * (Origin), and may not reach it under a name of its own (Host; DNS rebinding).
 */
public final class SecurityHeaders {
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final String TWO_YEARS = "max-age=63072000";
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[?::1]?");
    /** What can be no name that somebody points at us. */
    private static final Pattern ADDRESS =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-f:.]+]|[0-9a-f]*:[0-9a-f:.]+");

    private final Set<String> names = new TreeSet<>();
    private final boolean addresses;
    private final boolean tls;

    /**
     * Headers of one server.
     *
     * @param host that it listens on
     */
    public SecurityHeaders(AccessConfig access, String host, boolean tls) {
        this.tls = tls;
        this.addresses = access.login();
        names.add(host.toLowerCase(Locale.ROOT));
        access.nameList().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    }

    /** Puts the headers, refuses foreign hosts, goes on. */
    public void handle(RoutingContext context) {
        put(context.response());
        if (tls) {
            context.response().putHeader("Strict-Transport-Security", TWO_YEARS);
        }
        HostAndPort authority = context.request().authority();
        if (authority == null || !own(authority.host().toLowerCase(Locale.ROOT))) {
            throw new Problem(
                    421,
                    "foreign-host",
                    "Not served under this name",
                    "This server answers as localhost and under its address; api.access.names adds other names");
        }
        context.next();
    }

    private boolean own(String host) {
        return LOOPBACK.matcher(host).matches()
                || names.contains(host)
                || (addresses && ADDRESS.matcher(host).matches());
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
