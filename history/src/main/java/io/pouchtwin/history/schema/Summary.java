package io.pouchtwin.history.schema;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The ways in which many values of a quantity become one. Values that are not known do not count. */
public enum Summary {
    /** The oldest value. */
    FIRST,
    /** The smallest. */
    MIN,
    /** The largest. */
    MAX,
    /** The mean over the samples. */
    MEAN,
    /** The newest. */
    LAST;

    /** As columns and the API write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** SQL over single values. */
    public String ofSamples(String column) {
        return switch (this) {
            case FIRST -> "first_not_null(" + column + ")";
            case LAST -> "last_not_null(" + column + ")";
            case MIN -> "min(" + column + ")";
            case MAX -> "max(" + column + ")";
            case MEAN -> "avg(" + column + ")";
        };
    }

    /** SQL over a column that holds this very summary of {@code samples} samples each. */
    public String ofSummaries(String column) {
        return this == MEAN
                ? "sum(" + column + " * samples) / sum(CASE WHEN " + column + " IS NULL THEN 0 ELSE samples END)"
                : ofSamples(column);
    }

    /** The summary of both, of which one is older; over so many samples each. */
    public @Nullable Double together(
            @Nullable Double earlier, long earlierSamples, @Nullable Double later, long laterSamples) {
        if (earlier == null) {
            return later;
        }
        if (later == null) {
            return earlier;
        }
        return switch (this) {
            case FIRST -> earlier;
            case LAST -> later;
            case MIN -> Math.min(earlier, later);
            case MAX -> Math.max(earlier, later);
            case MEAN -> (earlier * earlierSamples + later * laterSamples) / (earlierSamples + laterSamples);
        };
    }
}
