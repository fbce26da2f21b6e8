package io.pouchtwin.history.read;

import io.pouchtwin.history.schema.Column;
import io.pouchtwin.history.schema.Summary;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cell's past, summed up.
 *
 * @param fromUnixUs first moment that it covers, microseconds since 1970-01-01 UTC
 * @param toUnixUs the first moment that it does not cover any more
 * @param source what it was read from
 * @param bucketS length of time that a point stands for, s; 0: each point is one sample
 * @param quantities what was asked for
 * @param points oldest first; moments without samples have none
 */
public record HistoryAnswer(
        long fromUnixUs, long toUnixUs, Source source, double bucketS, List<Column> quantities, List<Point> points) {

    /** Where numbers come from. */
    public enum Source {
        /** The samples themselves. */
        SAMPLES,
        /** Their sums by minute, and the samples since the last of these. */
        MINUTES,
        /** Their sums by hour, and the samples since the last of these. */
        HOURS
    }

    /**
     * One point.
     *
     * @param unixUs where its time begins; that of the sample, where it is one
     * @param samples over how many samples
     * @param testRun of the last of them
     * @param sequence of the last of them
     * @param values one for each quantity; without those that are not known in any of the samples
     */
    public record Point(long unixUs, long samples, String testRun, long sequence, List<Map<Summary, Double>> values) {

        /** The value of a quantity, by its place in the question; null where it is not known. */
        public @Nullable Double value(int quantity, Summary summary) {
            return values.get(quantity).get(summary);
        }

        /** Both together, of which this one is the older. */
        Point and(Point later) {
            List<Map<Summary, Double>> together = new ArrayList<>();
            for (int quantity = 0; quantity < values.size(); quantity++) {
                Map<Summary, Double> each = new EnumMap<>(Summary.class);
                for (Summary summary : Summary.values()) {
                    Double both = summary.together(
                            value(quantity, summary), samples, later.value(quantity, summary), later.samples);
                    if (both != null) {
                        each.put(summary, both);
                    }
                }
                together.add(each);
            }
            return new Point(unixUs, samples + later.samples, later.testRun, later.sequence, together);
        }
    }
}
