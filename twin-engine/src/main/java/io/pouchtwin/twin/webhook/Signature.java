package io.pouchtwin.twin.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a receiver checks: HMAC-SHA256 of {@code id.timestamp.body}, base64, after {@code v1,}.
 *
 * @see "Standard Webhooks specification, 1.0.0, section Signature scheme"
 */
public final class Signature {
    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    /**
     * Signs a message.
     *
     * @param secret what both sides know
     * @param id of the message
     * @param unixS when it is sent [s since 1970-01-01 UTC]
     * @param body as it is sent
     */
    public static String of(String secret, String id, long unixS, String body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            byte[] digest = mac.doFinal((id + "." + unixS + "." + body).getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
