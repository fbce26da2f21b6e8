package io.pouchtwin.api.http;

import io.pouchtwin.api.json.Json;
import io.pouchtwin.api.security.AccessConfig;
import io.pouchtwin.api.security.Sessions;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Signing in and out of the live page. The key goes over the wire once; from then on a cookie says who it is that scripts cannot read and other sites cannot send. */
public final class SessionHandlers {
    private final boolean login;
    private final boolean tls;
    private final String cookieName;
    private final Sessions sessions;

    /**
     * Sessions of one server.
     *
     * @param tls whether the cookie may be kept to encrypted connections
     */
    public SessionHandlers(AccessConfig access, boolean tls, String cookieName, Sessions sessions) {
        this.login = access.login();
        this.tls = tls;
        this.cookieName = cookieName;
        this.sessions = sessions;
    }

    /** What the cookie is called: servers on several ports of one machine share its cookies. */
    public static String cookieName(boolean tls, int port) {
        return (tls ? "__Host-" : "") + "pouchtwin-" + port;
    }

    /** {@code GET /api/v1/session}: whether a login is asked for, and who is signed in. */
    public void show(RoutingContext context) {
        answer(context, Gate.entrance(context));
    }

    /** {@code POST /api/v1/session}: signs in whoever the header Authorization shows. */
    public void begin(RoutingContext context) {
        Entrance entrance = Gate.entrance(context).orElseThrow(() -> Gate.notKnown(context, true));
        if (login) {
            Instant until = sessions.end(entrance.until());
            String value = sessions.begin(entrance.caller(), entrance.credential(), until);
            context.response().addCookie(cookie(value).setMaxAge(ChronoUnit.SECONDS.between(Instant.now(), until)));
            answer(context, Optional.of(new Entrance(entrance.caller(), "", until)));
        } else {
            answer(context, Optional.of(entrance));
        }
    }

    /** {@code DELETE /api/v1/session}: signs out. */
    public void end(RoutingContext context) {
        context.response().addCookie(cookie("").setMaxAge(0)).setStatusCode(204).end();
    }

    private Cookie cookie(String value) {
        return Cookie.cookie(cookieName, value)
                .setHttpOnly(true)
                .setSecure(tls)
                .setSameSite(CookieSameSite.STRICT)
                .setPath("/");
    }

    private void answer(RoutingContext context, Optional<Entrance> entrance) {
        Responses.json(context, Json.object(json -> {
            json.writeStringField("login", login ? "required" : "off");
            json.writeFieldName("caller");
            if (entrance.isEmpty()) {
                json.writeNull();
                return;
            }
            json.writeStartObject();
            json.writeStringField("name", entrance.get().caller().name());
            json.writeStringField("role", entrance.get().caller().role().word());
            json.writeStringField("kind", entrance.get().caller().kind().word());
            boolean ends = entrance.get().until().isBefore(Instant.MAX);
            Json.writeTime(json, "until", ends ? entrance.get().until().toEpochMilli() * 1000 : 0);
            json.writeEndObject();
        }));
    }
}
