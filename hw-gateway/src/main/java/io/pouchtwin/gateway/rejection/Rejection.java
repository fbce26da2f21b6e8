package io.pouchtwin.gateway.rejection;

import com.google.protobuf.ByteString;
import io.pouchtwin.contracts.v1.Rejected;

/**
 * Why something that came in cannot be used: a stable code for machines, and for a person what was wrong and what to do.
 *
 * @param code stable, lower case with hyphens, e.g. {@code "not-xml"}; also the label of the counter
 * @param reason a sentence that says what was wrong and what to do
 * @param field the field that was wrong, empty if it is not about one field
 * @param value the value as it came, empty if it is not about one value
 * @param expected what would have been accepted
 */
public record Rejection(String code, String reason, String field, String value, String expected) {
    private static final int RAW_LIMIT_BYTES = 64 * 1024;
    private static final int VALUE_LIMIT_CHARACTERS = 200;

    /** Cuts the value to a length that a person still reads. */
    public Rejection {
        if (value.length() > VALUE_LIMIT_CHARACTERS) {
            value = value.substring(0, VALUE_LIMIT_CHARACTERS) + "...";
        }
    }

    /** A rejection that is not about one field. */
    public static Rejection of(String code, String reason) {
        return new Rejection(code, reason, "", "", "");
    }

    /** The message for {@code telemetry.rejected}; the caller adds tester, channel, run and sequence where it knows them. */
    public Rejected.Builder toMessage(String origin, byte[] raw) {
        return Rejected.newBuilder()
                .setCode(code)
                .setReason(reason)
                .setField(field)
                .setValue(value)
                .setExpected(expected)
                .setOrigin(origin)
                .setRaw(ByteString.copyFrom(raw, 0, Math.min(raw.length, RAW_LIMIT_BYTES)));
    }
}
