package io.pouchtwin.api.security;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks tokens (JWT, RFC 7519) of an OpenID provider: signature by one of its public keys, issuer, audience, expiry, role. Only public-key algorithms count, so that nobody
 * signs with a public key as if it were a shared secret, or not at all. Belongs to one thread.
 */
public final class Tokens {
    private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);
    private static final Set<String> PUBLIC_KEY_TYPES = Set.of("RSA", "EC", "OKP");
    private static final int LEAST_RSA_BYTES = 256;
    private static final int CLOCKS_APART_S = 30;
    private static final int LONGEST = 16_000;
    private static final long BETWEEN_UNPLANNED_FETCHES_NANOS =
            Duration.ofSeconds(30).toNanos();

    private final TokensConfig config;
    private final Vertx vertx;
    private final ProviderKeys keys;
    private @Nullable JWTAuth verifier;
    private String state = "the keys of the token issuer have not been read yet";
    private long fetchedNanos;

    /**
     * A caller's token.
     *
     * @param caller whose it is
     * @param until when it ends
     */
    public record Accepted(Caller caller, Instant until) {}

    /** Accepts tokens once {@link #refresh()} has brought the provider's keys. */
    public Tokens(TokensConfig config, Vertx vertx) {
        this.config = config;
        this.vertx = vertx;
        this.keys = new ProviderKeys(config, vertx);
    }

    /** Reads the provider's keys again; keeps those that are there if that fails. Never fails. */
    public Future<Void> refresh() {
        fetchedNanos = System.nanoTime();
        return keys.read()
                .map(this::verifier)
                .<Void>map(fresh -> {
                    verifier = fresh;
                    state = "";
                    return null;
                })
                .recover(failure -> {
                    LOG.warn(
                            "the keys of the token issuer cannot be read from {}: {}",
                            config.keys(),
                            failure.getMessage());
                    if (verifier == null) {
                        state = "the keys of the token issuer cannot be read: " + failure.getMessage();
                    }
                    return Future.succeededFuture();
                });
    }

    private JWTAuth verifier(JsonObject jwks) {
        JWTAuthOptions options = new JWTAuthOptions()
                .setJWTOptions(new JWTOptions()
                        .setIssuer(config.issuer())
                        .setAudience(List.of(config.audience()))
                        .setLeeway(CLOCKS_APART_S));
        int usable = 0;
        for (Object each : jwks.getJsonArray("keys", new JsonArray())) {
            if (each instanceof JsonObject key && usable(key)) {
                options.addJwk(key);
                usable++;
            }
        }
        if (usable == 0) {
            // without a key the verifier would accept tokens that nobody signed
            throw new IllegalArgumentException("it holds no public key for signatures");
        }
        return JWTAuth.create(vertx, options);
    }

    private static boolean usable(JsonObject key) {
        String type = key.getString("kty", "");
        boolean longEnough =
                !type.equals("RSA") || Base64.getUrlDecoder().decode(key.getString("n", "")).length >= LEAST_RSA_BYTES;
        return PUBLIC_KEY_TYPES.contains(type) && longEnough && !"enc".equals(key.getString("use"));
    }

    /** Whose token this is; empty if it is not accepted. Fails never. */
    public Future<Optional<Accepted>> accept(String token) {
        if (token.length() > LONGEST) {
            return Future.succeededFuture(Optional.empty());
        }
        return verified(token)
                .recover(unknown -> {
                    // the provider may have a new key
                    if (System.nanoTime() - fetchedNanos < BETWEEN_UNPLANNED_FETCHES_NANOS) {
                        return Future.failedFuture(unknown);
                    }
                    return refresh().compose(v -> verified(token));
                })
                .map(this::accepted)
                .otherwise(Optional.empty());
    }

    private Future<JsonObject> verified(String token) {
        JWTAuth current = verifier;
        if (current == null) {
            return Future.failedFuture("no keys");
        }
        return Future.succeededFuture()
                .compose(v -> current.authenticate(new TokenCredentials(token)))
                .map(user -> user.attributes().getJsonObject("accessToken", new JsonObject()));
    }

    private Optional<Accepted> accepted(JsonObject claims) {
        // the verifier accepts a token for ever that says nothing of its end
        if (!(claims.getValue("exp") instanceof Number end) || !config.issuer().equals(claims.getValue("iss"))) {
            return Optional.empty();
        }
        Object name = claims.getValue("preferred_username", claims.getValue("sub"));
        if (!(name instanceof String text) || text.isBlank()) {
            return Optional.empty();
        }
        String plain = text.replaceAll("\\p{Cntrl}", " ");
        return role(claims)
                .map(role -> new Accepted(
                        new Caller(plain.substring(0, Math.min(plain.length(), 100)), role, Caller.Kind.TOKEN),
                        Instant.ofEpochSecond(end.longValue())));
    }

    private Optional<Role> role(JsonObject claims) {
        Object at = claims;
        for (String name : config.rolesClaim().split("\\.", -1)) {
            at = at instanceof JsonObject object ? object.getValue(name) : null;
        }
        List<?> roles = at instanceof JsonArray list
                ? list.getList()
                : at instanceof String one ? List.of(one.split(" ", -1)) : List.of();
        if (roles.contains(config.operatorRole())) {
            return Optional.of(Role.OPERATOR);
        }
        return roles.contains(config.viewerRole()) ? Optional.of(Role.VIEWER) : Optional.empty();
    }

    /** Why no token can be accepted now; empty if it can. */
    public String state() {
        return state;
    }
}
