package io.pouchtwin.api.security;

import java.net.URI;
import java.util.Set;

/**
 * Tokens (JWT) of an OpenID provider that are accepted.
 *
 * @param issuer {@code iss} that a token must have; empty: no tokens are accepted
 * @param audience {@code aud} that it must have among its own
 * @param keys the provider's keys (JWKS): a file, or an https address, or an http address on this machine
 * @param rolesClaim where its roles are, a dot between the names of nested objects: {@code roles}, {@code realm_access.roles}
 * @param viewerRole the role there that may look
 * @param operatorRole the role there that may change things
 */
public record TokensConfig(
        String issuer, String audience, String keys, String rolesClaim, String viewerRole, String operatorRole) {
    /** None are accepted. */
    public static final TokensConfig NONE =
            new TokensConfig("", "", "", "roles", "pouchtwin-viewer", "pouchtwin-operator");

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    public TokensConfig {
        if (!issuer.isEmpty()) {
            require(!audience.isEmpty(), "audience", audience, "what the provider calls this server");
            require(!keys.isEmpty(), "keys", keys, "a file or an https address of the provider's keys (JWKS)");
            require(!rolesClaim.isBlank(), "rolesClaim", rolesClaim, "the claim that holds the roles");
            require(!viewerRole.isBlank(), "viewerRole", viewerRole, "a role of the provider");
            require(!operatorRole.isBlank(), "operatorRole", operatorRole, "a role of the provider");
            require(!remote(keys) || trustworthy(keys), "keys", keys, "https, or http on this machine");
        }
    }

    private static boolean remote(String keys) {
        return keys.startsWith("http:") || keys.startsWith("https:");
    }

    private static boolean trustworthy(String keys) {
        URI address = URI.create(keys);
        String host = address.getHost() == null ? "" : address.getHost();
        return "https".equals(address.getScheme()) || LOOPBACK.contains(host);
    }

    /** Whether tokens are accepted. */
    public boolean present() {
        return !issuer.isEmpty();
    }

    /** Whether the keys are fetched from a server. */
    boolean remoteKeys() {
        return remote(keys);
    }

    private static void require(boolean holds, String key, String value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(key + " is \"" + value + "\", expected " + expected);
        }
    }
}
