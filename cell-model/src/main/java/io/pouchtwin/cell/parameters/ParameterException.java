package io.pouchtwin.cell.parameters;

import org.jspecify.annotations.Nullable;

/** A parameter file that cannot be believed; the message names file, key, value and what was expected. */
public final class ParameterException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** All four are shown to the person who wrote the file. */
    public ParameterException(String file, String key, @Nullable Object value, String expectation) {
        super(file + ": " + key + " = " + value + ": expected " + expectation);
    }
}
