package io.pouchtwin.api.http;

import io.pouchtwin.api.contract.Operation;
import io.pouchtwin.api.security.AccessConfig;
import io.pouchtwin.api.security.ApiKeys;
import io.pouchtwin.api.security.AuditDesk;
import io.pouchtwin.api.security.AuditEntry;
import io.pouchtwin.api.security.Caller;
import io.pouchtwin.api.security.RateLimits;
import io.pouchtwin.api.security.Role;
import io.pouchtwin.api.security.Sessions;
import io.pouchtwin.api.security.Tokens;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** The door: finds out who calls, whether they may, and how often; puts changes on record. Belongs to the server's thread. */
public final class Gate {
    private static final String KEY = Gate.class.getName();
    /** Wrong keys of one address: a few at once, then one each ten seconds. */
    private static final double WRONG_PER_S = 0.1;

    private static final int WRONG_AT_ONCE = 20;
    private static final String API_KEY = "pt_";

    private final AccessConfig access;
    private final String cookieName;
    private final Supplier<ApiKeys> keys;
    private final Optional<Tokens> tokens;
    private final Sessions sessions;
    private final AuditDesk audit;
    private final Clock clock;
    private final RateLimits limits;
    private final RateLimits wrong = new RateLimits(WRONG_PER_S, WRONG_AT_ONCE);

    /**
     * A door.
     *
     * @param cookieName of the live page's session
     * @param keys the API keys that are accepted now
     * @param tokens who checks tokens; empty: none are accepted
     */
    public Gate(
            AccessConfig access,
            String cookieName,
            Supplier<ApiKeys> keys,
            Optional<Tokens> tokens,
            Sessions sessions,
            AuditDesk audit,
            Clock clock) {
        this.access = access;
        this.cookieName = cookieName;
        this.keys = keys;
        this.tokens = tokens;
        this.sessions = sessions;
        this.audit = audit;
        this.clock = clock;
        this.limits = new RateLimits(access.requestsPerS(), access.burst());
    }

    /** Who sent a request that was let in; empty: anybody may, and this one did not say. */
    public static Optional<Caller> caller(RoutingContext context) {
        return entrance(context).map(Entrance::caller);
    }

    static Optional<Entrance> entrance(RoutingContext context) {
        return Optional.ofNullable(context.get(KEY));
    }

    /** Lets a request in, then does what it asks for; or answers with a problem. */
    public void enter(RoutingContext context, Operation operation, Runnable further) {
        if (operation.change()) {
            context.addEndHandler(done -> putDown(context, operation));
        }
        if (!access.login()) {
            requireOwnPage(context, Optional.empty());
            context.put(KEY, new Entrance(Caller.LOCAL, "", Instant.MAX));
            further.run();
            return;
        }
        Optional<Credential> credential = Credential.of(context.request(), cookieName);
        requireOwnPage(context, credential);
        String remote = remote(context);
        if (credential.isPresent()) {
            requirePatience(context, wrong.peek(remote, System.nanoTime()));
        }
        Future<Optional<Entrance>> known = credential.map(this::known).orElse(Future.succeededFuture(Optional.empty()));
        boolean later = !known.isComplete();
        if (later) {
            context.request().pause();
        }
        known.onComplete(done -> {
            guarded(context, () -> {
                decide(
                        context,
                        operation,
                        credential,
                        Optional.ofNullable(done.result()).flatMap(who -> who));
                further.run();
            });
            if (later) {
                context.request().resume();
            }
        });
    }

    private void decide(
            RoutingContext context, Operation operation, Optional<Credential> credential, Optional<Entrance> who) {
        String remote = remote(context);
        if (who.isEmpty()
                && credential.filter(c -> c.kind() == Credential.Kind.BEARER).isPresent()) {
            wrong.take(remote, System.nanoTime());
        }
        String counted =
                who.map(e -> e.caller().kind().word() + ":" + e.caller().name()).orElse("address:" + remote);
        requirePatience(context, limits.take(counted, System.nanoTime()));
        who.ifPresent(entrance -> context.put(KEY, entrance));
        Optional<Role> needed = operation.role();
        if (needed.isEmpty()) {
            return;
        }
        if (who.isEmpty()) {
            throw notKnown(context, credential.isPresent());
        }
        Role held = who.get().caller().role();
        if (!held.includes(needed.get())) {
            throw new Problem(
                    403,
                    "not-allowed",
                    "This role may not do that",
                    who.get().caller().name() + " is " + held.word() + ", expected "
                            + needed.get().word());
        }
    }

    /** Whose credential this is. */
    private Future<Optional<Entrance>> known(Credential credential) {
        String text = credential.text();
        if (credential.kind() == Credential.Kind.SESSION) {
            return Future.succeededFuture(
                    sessions.read(text).map(session -> new Entrance(session.caller(), text, session.until())));
        }
        if (text.startsWith(API_KEY) || tokens.isEmpty()) {
            return Future.succeededFuture(keys.get().find(text).map(caller -> new Entrance(caller, text, Instant.MAX)));
        }
        return tokens.get().accept(text).map(accepted -> accepted.map(a -> new Entrance(a.caller(), text, a.until())));
    }

    static Problem notKnown(RoutingContext context, boolean shown) {
        context.response().putHeader("WWW-Authenticate", "Bearer realm=\"pouchtwin\"");
        return new Problem(
                401,
                "not-known",
                "Who are you?",
                shown
                        ? "The key or token is not accepted: unknown, withdrawn, or past its end"
                        : "Send an API key or a token as Authorization: Bearer, or sign in on the page");
    }

    /** A change, or a WebSocket, asked for by a page of another site is refused, unless that site may and the page has a key of its own. */
    private void requireOwnPage(RoutingContext context, Optional<Credential> credential) {
        boolean safe = context.request().method().equals(HttpMethod.GET)
                || context.request().method().equals(HttpMethod.HEAD);
        boolean webSocket = context.request().getHeader("Upgrade") != null;
        if (safe && !webSocket) {
            return; // its answer cannot be read by another site's page
        }
        String origin =
                Optional.ofNullable(context.request().getHeader("Origin")).orElse("");
        boolean ownKey =
                credential.filter(c -> c.kind() == Credential.Kind.BEARER).isPresent();
        if (!(ownKey && access.originList().contains(origin))) {
            SecurityHeaders.requireSameOrigin(context);
        }
    }

    private static void requirePatience(RoutingContext context, double waitS) {
        if (waitS > 0) {
            context.response().putHeader("Retry-After", Long.toString((long) Math.ceil(waitS)));
            throw new Problem(
                    429,
                    "too-often",
                    "Too many requests",
                    "Ask again in " + (long) Math.ceil(waitS) + " s; api.access.requests-per-s and burst set the pace");
        }
    }

    private void putDown(RoutingContext context, Operation operation) {
        audit.record(new AuditEntry(
                clock.instant(),
                caller(context),
                remote(context),
                operation.id(),
                context.request().method().name(),
                context.request().path(),
                context.response().getStatusCode()));
    }

    /** The caller's address; of IPv6 the network alone, since one machine has many. */
    private static String remote(RoutingContext context) {
        String host = context.request().remoteAddress() == null
                ? "?"
                : context.request().remoteAddress().hostAddress();
        String[] groups = host == null ? new String[] {"?"} : host.split(":", -1);
        return groups.length < 8
                ? String.join(":", groups)
                : String.join(":", groups[0], groups[1], groups[2], groups[3]) + "::";
    }

    private static void guarded(RoutingContext context, Runnable work) {
        try {
            work.run();
        } catch (Problem problem) {
            problem.answer(context);
        }
    }
}
