package io.pouchtwin.ingest.segment;

import java.util.Locale;

/** Why a record or a sample was not accepted. The name in lower case with hyphens is the stable code. */
public enum RejectCode {
    NOT_PROTOBUF,
    CHANNEL_MISSING,
    KEY_MISMATCH,
    TEST_RUN_MISSING,
    UNKNOWN_CHANNEL,
    UNEXPECTED_FAILURE,
    SEQUENCE_MISSING,
    SEQUENCE_JUMP,
    CONFLICTING_DUPLICATE,
    LATE,
    TIME_MISSING,
    TIME_INVALID,
    TIME_BACKWARDS,
    TIME_JUMP,
    VOLTAGE_NOT_FINITE,
    VOLTAGE_OUT_OF_RANGE,
    CURRENT_NOT_FINITE,
    CURRENT_IMPLAUSIBLE,
    COUNTER_INVALID;

    /** As it stands in {@code Rejected.code} and in tag "reason" of the metric. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
