package io.pouchtwin.api.security;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Who may call, from where, how often. With a key file or an issuer of tokens everybody has to show who they are; without, nobody, and the server listens on loopback only.
 *
 * @param keysFile file of API keys, see {@link ApiKeys}; empty: none are accepted
 * @param tokens tokens of an OpenID provider
 * @param names host names, between commas, under which the server answers, beside addresses and the one it listens on; a request under another name is refused
 * @param origins pages of other sites, "https://host[:port]" between commas, that may read the API with a key of their own (CORS); empty: none
 * @param sessionSecret what sessions of the live page are signed with, 32 bytes or more, the same for all APIs behind one name; empty: made up at each start
 * @param requestsPerS requests a second of one caller in the long run, 0.1 to 100,000; only where a login is asked for
 * @param burst requests of one caller at once, 10 to 1,000,000
 * @param streamsPerCaller most streams of one caller at once, 1 to 100,000; only where a login is asked for
 */
public record AccessConfig(
        String keysFile,
        TokensConfig tokens,
        String names,
        String origins,
        String sessionSecret,
        double requestsPerS,
        int burst,
        int streamsPerCaller) {
    private static final int LEAST_SECRET_BYTES = 32;

    /** No login, no other names, no other origins. */
    public static final AccessConfig OPEN = new AccessConfig("", TokensConfig.NONE, "", "", "", 50, 1_000, 100);

    public AccessConfig {
        require(
                sessionSecret.isEmpty() || sessionSecret.getBytes(StandardCharsets.UTF_8).length >= LEAST_SECRET_BYTES,
                "sessionSecret",
                "(not shown)",
                LEAST_SECRET_BYTES + " bytes or more");
        require(requestsPerS >= 0.1 && requestsPerS <= 1e5, "requestsPerS", requestsPerS, "0.1 to 100000");
        require(burst >= 10 && burst <= 1_000_000, "burst", burst, "10 to 1000000");
        require(
                streamsPerCaller >= 1 && streamsPerCaller <= 100_000,
                "streamsPerCaller",
                streamsPerCaller,
                "1 to 100000");
        for (String origin : list(origins)) {
            require(
                    origin.matches("https?://[A-Za-z0-9.\\[\\]:-]+"),
                    "origins",
                    "\"" + origin + "\"",
                    "https://host or https://host:port, without a path; * would open the API to every page");
        }
        for (String name : list(names)) {
            require(name.matches("[A-Za-z0-9.-]+"), "names", "\"" + name + "\"", "host names between commas");
        }
    }

    /** Whether callers have to show who they are. */
    public boolean login() {
        return !keysFile.isEmpty() || tokens.present();
    }

    /** The names one by one. */
    public List<String> nameList() {
        return list(names);
    }

    /** The origins one by one. */
    public List<String> originList() {
        return list(origins);
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private static void require(boolean holds, String key, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(key + " is " + value + ", expected " + expected);
        }
    }

    /** The secret stays out of logs. */
    @Override
    public String toString() {
        return "AccessConfig[" + (login() ? "login" : "no login") + ", names " + names + ", origins " + origins + "]";
    }
}
