package io.pouchtwin.api.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The API keys that are accepted, by their hashes: lines of {@code name role sha256:...}; {@code #} begins a remark. */
public final class ApiKeys {
    /** No key at all. */
    public static final ApiKeys NONE = new ApiKeys(Map.of());

    static final String HASH_PREFIX = "sha256:";

    private static final Pattern LINE = Pattern.compile("([A-Za-z0-9._@-]{1,64})\\s+(\\S+)\\s+sha256:([0-9a-f]{64})");
    private static final int LONGEST_KEY = 200;

    private final Map<String, Caller> byHash;

    private ApiKeys(Map<String, Caller> byHash) {
        this.byHash = Map.copyOf(byHash);
    }

    /**
     * Reads the lines of a key file.
     *
     * @throws IllegalArgumentException naming the line, not its content
     */
    public static ApiKeys parse(String text) {
        Map<String, Caller> byHash = new HashMap<>();
        Set<String> names = new TreeSet<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceFirst("#.*", "").strip();
            if (line.isEmpty()) {
                continue;
            }
            Matcher parts = LINE.matcher(line);
            Optional<Role> role = parts.matches() ? Role.of(parts.group(2)) : Optional.empty();
            if (role.isEmpty()) {
                throw new IllegalArgumentException(
                        "line " + (i + 1) + " is not as expected: a name of letters, digits and"
                                + " . _ @ -, then viewer or operator, then sha256: and 64 hexadecimal digits; "
                                + "'pouchtwin api-key' makes such a line");
            }
            if (!names.add(parts.group(1))) {
                throw new IllegalArgumentException(
                        "line " + (i + 1) + " names \"" + parts.group(1) + "\" again, expected each name once");
            }
            byHash.put(parts.group(3), new Caller(parts.group(1), role.get(), Caller.Kind.KEY));
        }
        return new ApiKeys(byHash);
    }

    /** Whose key this is. Looked up by its hash, so that the time it takes says nothing about the keys that exist. */
    public Optional<Caller> find(String key) {
        return key.length() > LONGEST_KEY ? Optional.empty() : byHash(hash(key));
    }

    /** Whose key has this hash. */
    Optional<Caller> byHash(String hash) {
        return Optional.ofNullable(byHash.get(hash));
    }

    /** How many there are. */
    public int size() {
        return byHash.size();
    }

    static String hash(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
