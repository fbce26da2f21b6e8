package io.pouchtwin.api.http;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a request shows of who sends it. Never part of an address, since addresses are logged.
 *
 * @param kind where it was
 * @param text itself
 */
public record Credential(Kind kind, String text) {
    /** What a WebSocket of a page speaks; the answer names it. */
    public static final String SUBPROTOCOL = "pouchtwin.v1";

    private static final String BEARER = "bearer ";
    private static final String BEARER_SUBPROTOCOL = "bearer.";

    /** Where a request may show it. */
    public enum Kind {
        /** In the header Authorization, or for a WebSocket of a page among the subprotocols. */
        BEARER,
        /** The cookie of the live page. */
        SESSION
    }

    static Optional<Credential> of(HttpServerRequest request, String cookieName) {
        String header = Optional.ofNullable(request.getHeader("Authorization")).orElse("");
        if (header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return Optional.of(new Credential(
                    Kind.BEARER, header.substring(BEARER.length()).strip()));
        }
        Optional<String> subprotocol = Arrays.stream(Optional.ofNullable(request.getHeader("Sec-WebSocket-Protocol"))
                        .orElse("")
                        .split(",", -1))
                .map(String::strip)
                .filter(protocol -> protocol.startsWith(BEARER_SUBPROTOCOL))
                .findFirst();
        if (subprotocol.isPresent()) {
            return subprotocol.map(
                    protocol -> new Credential(Kind.BEARER, protocol.substring(BEARER_SUBPROTOCOL.length())));
        }
        return Optional.ofNullable(request.getCookie(cookieName))
                .map(Cookie::getValue)
                .map(value -> new Credential(Kind.SESSION, value));
    }

    /** It stays out of logs. */
    @Override
    public String toString() {
        return kind.toString();
    }
}
