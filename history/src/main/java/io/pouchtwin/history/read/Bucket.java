package io.pouchtwin.history.read;

import io.pouchtwin.history.schema.StateView;
import java.util.List;
import java.util.Optional;

/**
 * The length of time that one point of an answer stands for.
 *
 * @param count how many of the unit
 * @param unit as SAMPLE BY writes it: T (ms), s, m, h, d
 * @param unitUs microseconds of the unit
 */
record Bucket(long count, String unit, long unitUs) {
    private static final long MS = 1_000;
    private static final long SECOND = 1_000 * MS;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private static final List<Bucket> LENGTHS = List.of(
            new Bucket(1, "T", MS),
            new Bucket(10, "T", MS),
            new Bucket(100, "T", MS),
            new Bucket(500, "T", MS),
            new Bucket(1, "s", SECOND),
            new Bucket(2, "s", SECOND),
            new Bucket(5, "s", SECOND),
            new Bucket(10, "s", SECOND),
            new Bucket(20, "s", SECOND),
            new Bucket(30, "s", SECOND),
            new Bucket(1, "m", MINUTE),
            new Bucket(2, "m", MINUTE),
            new Bucket(5, "m", MINUTE),
            new Bucket(10, "m", MINUTE),
            new Bucket(20, "m", MINUTE),
            new Bucket(30, "m", MINUTE),
            new Bucket(1, "h", HOUR),
            new Bucket(2, "h", HOUR),
            new Bucket(4, "h", HOUR),
            new Bucket(8, "h", HOUR),
            new Bucket(12, "h", HOUR),
            new Bucket(1, "d", DAY));

    /** The shortest that cuts a time into at most so many points. Lengths divide the day, so that they begin where people expect it. */
    static Bucket forSpan(long spanUs, int points) {
        for (Bucket length : LENGTHS) {
            // aligned to the calendar, one more may be touched
            if (spanUs / length.us() + 2 <= points) {
                return length;
            }
        }
        long days = spanUs / DAY / (points - 2) + 1;
        return new Bucket(days, "d", DAY);
    }

    /** In seconds. */
    double seconds() {
        return (double) us() / SECOND;
    }

    private long us() {
        return count * unitUs;
    }

    /** Where the bucket of a moment begins. */
    long floor(long unixUs) {
        return Math.floorDiv(unixUs, us()) * us();
    }

    /** The sums that it can be made of, if any. */
    Optional<StateView> view() {
        if (us() >= HOUR) {
            return Optional.of(StateView.HOURS);
        }
        return us() >= MINUTE ? Optional.of(StateView.MINUTES) : Optional.empty();
    }

    String sampleBy() {
        return " SAMPLE BY " + count + unit + " ALIGN TO CALENDAR";
    }
}
