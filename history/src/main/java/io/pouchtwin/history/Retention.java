package io.pouchtwin.history;

import java.time.Duration;

/**
 * After what age rows are thrown away. Zero: never.
 *
 * @param samples samples and states, one row for each sample; whole days
 * @param summaries minutes and hours of states, cycles, forecasts, alerts; rounded up to whole months of 31 days
 */
public record Retention(Duration samples, Duration summaries) {
    private static final int DAYS_PER_MONTH = 31;

    /** For ever. */
    public static final Retention FOR_EVER = new Retention(Duration.ZERO, Duration.ZERO);

    public Retention {
        require("samples", samples);
        require("summaries", summaries);
    }

    private static void require(String key, Duration age) {
        if (age.isNegative() || !age.equals(Duration.ofDays(age.toDays()))) {
            throw new IllegalArgumentException(
                    key + ": " + age + ", expected 0 s (for ever) or whole days, e.g. 400 d");
        }
    }

    /** As the database writes it, for tables that are cut by day; it takes away a day when the whole of it is older. */
    String samplesTtl() {
        return samples.toDays() + " DAYS";
    }

    /** The same for tables that are cut by month. */
    String summariesTtl() {
        long months = (summaries.toDays() + DAYS_PER_MONTH - 1) / DAYS_PER_MONTH;
        // the database does not take 0 for tables that are cut by month
        return months == 0 ? "1000 YEARS" : months + " MONTHS";
    }
}
