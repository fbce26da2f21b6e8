package io.pouchtwin.api.http;

import io.pouchtwin.api.security.AccessConfig;
import io.pouchtwin.api.security.Caller;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;

/** How many streams each caller holds open, so that one cannot take them all. Belongs to the server's thread. */
public final class StreamQuota {
    private final int most;
    private final Map<Caller, Integer> open = new HashMap<>();

    /** As many as the configuration allows; without a login there is one caller, and no quota. */
    public StreamQuota(AccessConfig access) {
        this.most = access.login() ? access.streamsPerCaller() : Integer.MAX_VALUE;
    }

    /**
     * Counts one more stream of the request's caller, or refuses it.
     *
     * @return to be run once when it has ended
     */
    public Runnable take(RoutingContext context) {
        Caller caller = Gate.caller(context).orElse(Caller.LOCAL);
        int held = open.getOrDefault(caller, 0);
        if (held >= most) {
            context.response().putHeader("Retry-After", "5");
            throw new Problem(
                    429,
                    "too-many-streams",
                    "Too many streams of one caller",
                    caller.name() + " holds " + held + " streams; close one, or raise api.access.streams-per-caller");
        }
        open.merge(caller, 1, Integer::sum);
        return () -> open.computeIfPresent(caller, (who, count) -> count > 1 ? count - 1 : null);
    }
}
