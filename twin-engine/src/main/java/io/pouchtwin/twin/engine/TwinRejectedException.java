package io.pouchtwin.twin.engine;

import io.pouchtwin.contracts.v1.CleanBatch;
import org.jspecify.annotations.Nullable;

/** A whole record that no twin could take; it goes to the dead letters. */
final class TwinRejectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final transient CleanBatch batch;

    TwinRejectedException(String code, @Nullable String reason, CleanBatch batch, Throwable cause) {
        super(reason, cause);
        this.code = code;
        this.batch = batch;
    }

    String code() {
        return code;
    }

    CleanBatch batch() {
        return batch;
    }
}
