package io.pouchtwin.api.security;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * A key that has just been made, and the line by which the server knows it. Only the line is kept: it holds the SHA-256 of the key. A slow hash is not needed, since the
 * key is 256 random bits and no word that somebody chose.
 *
 * @param key what the caller keeps and sends
 * @param line what goes into the key file
 */
public record NewApiKey(String key, String line) {
    private static final int RANDOM_BYTES = 32;
    private static final String PREFIX = "pt_";

    /**
     * Makes one.
     *
     * @param name of the caller, 1 to 64 letters, digits and {@code . _ @ -}
     */
    public static NewApiKey make(String name, Role role) {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        String key = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        String line = name + " " + role.word() + " " + ApiKeys.HASH_PREFIX + ApiKeys.hash(key);
        ApiKeys.parse(line); // says what is wrong with the name
        return new NewApiKey(key, line);
    }

    /** The key stays out of logs. */
    @Override
    public String toString() {
        return line;
    }
}
