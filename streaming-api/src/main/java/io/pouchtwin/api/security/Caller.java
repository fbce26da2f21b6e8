package io.pouchtwin.api.security;

import java.util.Locale;

/**
 * Who asks.
 *
 * @param name as the key file or the token has it
 * @param role what they may do
 * @param kind how they showed who they are
 */
public record Caller(String name, Role role, Kind kind) {

    /** Whoever uses this machine, where no login is asked for. */
    public static final Caller LOCAL = new Caller("local", Role.OPERATOR, Kind.LOCAL);

    /** How a caller showed who they are. */
    public enum Kind {
        /** Not at all: the server listens on loopback and asks for no login. */
        LOCAL,
        /** By an API key. */
        KEY,
        /** By a token of the OpenID provider. */
        TOKEN;

        /** As answers and records write it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
