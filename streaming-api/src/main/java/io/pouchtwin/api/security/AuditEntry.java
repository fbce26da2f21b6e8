package io.pouchtwin.api.security;

import java.time.Instant;
import java.util.Optional;

/**
 * Somebody changed something, or tried to.
 *
 * @param at when it was answered
 * @param caller who; empty: nobody that is known
 * @param remote the address that it came from
 * @param operation what, by its name in the OpenAPI document
 * @param method of the request
 * @param path of the request, as it was sent
 * @param status of the answer: 2xx done, 4xx refused, 5xx failed
 */
public record AuditEntry(
        Instant at, Optional<Caller> caller, String remote, String operation, String method, String path, int status) {
    /** Who, by name. */
    public String who() {
        return caller.map(Caller::name).orElse("unknown");
    }

    /** One line, without anything that somebody else could break it with: paths come percent-encoded. */
    public String line() {
        return who() + " ("
                + caller.map(c -> c.kind().word() + ", " + c.role().word()).orElse("no login") + ") from " + remote
                + ": " + operation + ", " + method + " " + path + ", " + status;
    }
}
