package io.pouchtwin.api;

import io.micrometer.core.instrument.MeterRegistry;
import io.pouchtwin.api.http.Cors;
import io.pouchtwin.api.http.Gate;
import io.pouchtwin.api.http.SecurityHeaders;
import io.pouchtwin.api.http.SessionHandlers;
import io.pouchtwin.api.security.ApiKeys;
import io.pouchtwin.api.security.AuditDesk;
import io.pouchtwin.api.security.KeyFile;
import io.pouchtwin.api.security.Sessions;
import io.pouchtwin.api.security.Tokens;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/** What stands between the network and the handlers, put together from the configuration. */
final class Door {
    private final ApiConfig config;
    private final Gate gate;
    private final SessionHandlers sessionHandlers;

    Door(ApiConfig config, Optional<KeyFile> keyFile, Optional<Tokens> tokens, AuditDesk audit, Clock clock) {
        this.config = config;
        boolean tls = config.tls().present();
        String cookie = SessionHandlers.cookieName(tls, config.port());
        Supplier<ApiKeys> keys = () -> keyFile.map(KeyFile::keys).orElse(ApiKeys.NONE);
        Sessions sessions = new Sessions(config.access().sessionSecret(), keys, clock);
        this.gate = new Gate(config.access(), cookie, keys, tokens, sessions, audit, clock);
        this.sessionHandlers = new SessionHandlers(config.access(), tls, cookie, sessions);
    }

    SessionHandlers sessionHandlers() {
        return sessionHandlers;
    }

    ApiRouter router(Vertx vertx, MeterRegistry meters) {
        SecurityHeaders headers =
                new SecurityHeaders(config.access(), config.host(), config.tls().present());
        return new ApiRouter(vertx, meters, headers, new Cors(config.access()), gate);
    }
}
