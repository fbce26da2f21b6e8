package io.pouchtwin.api.security;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Sessions of the live page. A session is a signed text in a cookie that scripts cannot read: the server keeps nothing, so nothing can be filled up, and any API with the
 * same secret accepts it. Without a secret in the configuration a restart ends all sessions. Withdrawing an API key ends its sessions.
 */
public final class Sessions {
    /** How long a session lasts: a working day. */
    public static final Duration LASTS = Duration.ofHours(12);

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SECRET_BYTES = 32;
    private static final int FIELDS = 5;
    private static final int LONGEST = 2_000;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final SecretKeySpec secret;
    private final Supplier<ApiKeys> keys;
    private final Clock clock;

    /**
     * Somebody's session.
     *
     * @param caller whose it is
     * @param until when it ends
     */
    public record Session(Caller caller, Instant until) {}

    /**
     * Signs and checks sessions.
     *
     * @param secretText what they are signed with; empty: made up for this process
     * @param keys the API keys that are accepted now
     */
    public Sessions(String secretText, Supplier<ApiKeys> keys, Clock clock) {
        byte[] bytes = new byte[SECRET_BYTES];
        if (secretText.isEmpty()) {
            new SecureRandom().nextBytes(bytes);
        } else {
            bytes = secretText.getBytes(StandardCharsets.UTF_8);
        }
        this.secret = new SecretKeySpec(bytes, ALGORITHM);
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * Begins a session.
     *
     * @param credential the API key it rests on; of no account where the caller came with a token
     * @param atMost when what it rests on ends
     */
    public String begin(Caller caller, String credential, Instant atMost) {
        String rests = caller.kind() == Caller.Kind.KEY ? ApiKeys.hash(credential) : "";
        Instant until = end(atMost);
        String content = String.join(
                "\n",
                caller.kind().word(),
                caller.role().word(),
                rests,
                Long.toString(until.getEpochSecond()),
                caller.name());
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return ENCODER.encodeToString(bytes) + "." + ENCODER.encodeToString(sign(bytes));
    }

    /** When a session that begins now ends. */
    public Instant end(Instant atMost) {
        Instant usual = clock.instant().plus(LASTS);
        return atMost.isBefore(usual) ? atMost : usual;
    }

    /** The session of a cookie; empty if it was not signed here, has ended, or rests on a key that was withdrawn. */
    public Optional<Session> read(String cookie) {
        int dot = cookie.indexOf('.');
        if (dot < 0 || cookie.length() > LONGEST) {
            return Optional.empty();
        }
        byte[] content;
        byte[] signature;
        try {
            content = Base64.getUrlDecoder().decode(cookie.substring(0, dot));
            signature = Base64.getUrlDecoder().decode(cookie.substring(dot + 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return MessageDigest.isEqual(sign(content), signature)
                ? session(List.of(new String(content, StandardCharsets.UTF_8).split("\n", FIELDS)))
                : Optional.empty();
    }

    private Optional<Session> session(List<String> fields) {
        if (fields.size() != FIELDS) {
            return Optional.empty();
        }
        Caller caller = new Caller(
                fields.get(4),
                Role.of(fields.get(1)).orElse(Role.VIEWER),
                Caller.Kind.valueOf(fields.get(0).toUpperCase(Locale.ROOT)));
        Instant until = Instant.ofEpochSecond(Long.parseLong(fields.get(3)));
        boolean withdrawn = caller.kind() == Caller.Kind.KEY
                && !keys.get().byHash(fields.get(2)).equals(Optional.of(caller));
        return withdrawn || !clock.instant().isBefore(until)
                ? Optional.empty()
                : Optional.of(new Session(caller, until));
    }

    private byte[] sign(byte[] content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return mac.doFinal(content);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
