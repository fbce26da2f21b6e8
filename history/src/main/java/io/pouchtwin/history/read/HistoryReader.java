package io.pouchtwin.history.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.pouchtwin.history.Database;
import io.pouchtwin.history.read.HistoryAnswer.Point;
import io.pouchtwin.history.read.HistoryAnswer.Source;
import io.pouchtwin.history.schema.Column;
import io.pouchtwin.history.schema.HistoryTables;
import io.pouchtwin.history.schema.StateView;
import io.pouchtwin.history.schema.Summary;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Answers questions about a cell's past with few enough points, reading as little as it can: sums by hour for months, by minute for days, samples for what is
 * short, or not yet in a sum.
 */
public final class HistoryReader {
    private static final String STATES = HistoryTables.STATES.name();

    /** So short a time is counted sample by sample. */
    private static final long SHORT_US = Duration.ofHours(2).toNanos() / 1000;

    private static final long US_PER_S = 1_000_000;
    private static final long MINUTE_US = 60 * US_PER_S;
    private static final int FIXED_COLUMNS = 4;

    private final Database database;

    /** Reads a database. */
    public HistoryReader(Database database) {
        this.database = database;
    }

    /**
     * Answers.
     *
     * @return empty where the database has no sample of the cell
     */
    public Optional<HistoryAnswer> answer(HistoryQuestion question) throws IOException {
        Optional<Extent> extent = extent(question);
        if (extent.isEmpty()) {
            return Optional.empty();
        }
        long from = question.fromUnixUs().orElse(extent.get().firstUnixUs());
        long to = question.toUnixUs().orElse(extent.get().lastUnixUs() + 1);
        if (to <= from
                || to <= extent.get().firstUnixUs()
                || from > extent.get().lastUnixUs()) {
            return Optional.of(
                    new HistoryAnswer(from, Math.max(from, to), Source.SAMPLES, 0, question.quantities(), List.of()));
        }
        // nothing is there outside of the extent: a question of "the year" about a day's data is one about that day
        long first = Math.max(from, extent.get().firstUnixUs());
        long last = Math.min(to, extent.get().lastUnixUs() + 1);
        long samples = samples(question.cell(), first, last, extent.get());
        if (samples > 0 && samples <= question.points()) {
            List<Point> points = points(question, singleSamples(question, first, last), true);
            return Optional.of(new HistoryAnswer(from, to, Source.SAMPLES, 0, question.quantities(), points));
        }
        return Optional.of(summedUp(question, from, to, first, last, samples == 0, extent.get()));
    }

    private HistoryAnswer summedUp(
            HistoryQuestion question, long from, long to, long first, long last, boolean samplesGone, Extent extent)
            throws IOException {
        // where the samples have been thrown away, the minutes still tell
        long span = samplesGone ? Math.max(last - first, question.points() * MINUTE_US) : last - first;
        Bucket bucket = Bucket.forSpan(span, question.points());
        long aligned = bucket.floor(first);
        Optional<StateView> view = bucket.view();
        List<Point> points = new ArrayList<>();
        long summedUntil = aligned;
        if (view.isPresent()) {
            summedUntil = Math.max(aligned, summedUntil(question.cell(), view.get(), aligned, extent));
            points.addAll(points(
                    question, ofSums(question, view.get(), bucket, aligned, Math.min(last, summedUntil)), false));
        }
        if (last > summedUntil) {
            append(points, points(question, ofSamples(question, bucket, summedUntil, last), false));
        }
        Source source = view.map(v -> v == StateView.HOURS ? Source.HOURS : Source.MINUTES)
                .orElse(Source.SAMPLES);
        return new HistoryAnswer(Math.min(from, aligned), to, source, bucket.seconds(), question.quantities(), points);
    }

    /** Until when the sums stand for the samples. The newest sum may lack what came since, so its samples are read instead, unless they have been thrown away. */
    private long summedUntil(String cell, StateView view, long otherwise, Extent extent) throws IOException {
        long newest = extent.newestHourUnixUs().orElse(otherwise);
        if (view != StateView.HOURS) {
            newest = Sql.unixUs(
                    database.execute("SELECT max(ts) FROM " + view.viewName() + where(cell))
                            .at("/dataset/0/0"),
                    otherwise);
        }
        long end = newest + view.bucketS() * US_PER_S;
        long summed = count("SELECT samples FROM " + view.viewName() + where(cell) + " AND ts = " + Sql.time(newest));
        long kept = count("SELECT count() FROM " + STATES + where(cell) + between(newest, end));
        return kept < summed ? end : newest;
    }

    /** The bucket in which the sums end goes on with the samples after them. */
    private static void append(List<Point> points, List<Point> later) {
        if (!points.isEmpty() && !later.isEmpty()) {
            Point newest = points.get(points.size() - 1);
            if (newest.unixUs() == later.get(0).unixUs()) {
                points.set(points.size() - 1, newest.and(later.get(0)));
                points.addAll(later.subList(1, later.size()));
                return;
            }
        }
        points.addAll(later);
    }

    /**
     * What there is of a cell.
     *
     * @param firstUnixUs time of its first sample
     * @param lastUnixUs of its last
     * @param newestHourUnixUs start of the newest hour that is summed up
     * @param summedSamples how many samples the summed hours have in the time that is asked for
     */
    private record Extent(long firstUnixUs, long lastUnixUs, OptionalLong newestHourUnixUs, long summedSamples) {}

    /** The hours of all cells lie together, so that each question about them reads all: there is one. */
    private Optional<Extent> extent(HistoryQuestion question) throws IOException {
        List<String> wanted = new ArrayList<>();
        question.fromUnixUs().ifPresent(from -> wanted.add("ts >= " + Sql.time(hour(from))));
        question.toUnixUs().ifPresent(to -> wanted.add("ts < " + Sql.time(to)));
        String summed = wanted.isEmpty()
                ? "sum(samples)"
                : "sum(CASE WHEN " + String.join(" AND ", wanted) + " THEN samples ELSE 0L END)";
        JsonNode hours = database.execute("SELECT min(ts), max(ts), " + summed + " FROM " + StateView.HOURS.viewName()
                        + where(question.cell()))
                .at("/dataset/0");
        long firstHour = Sql.unixUs(hours.path(0), Long.MIN_VALUE);
        long lastHour = Sql.unixUs(hours.path(1), Long.MIN_VALUE);
        boolean any = lastHour != Long.MIN_VALUE;
        JsonNode tail = database.execute("SELECT min(ts), max(ts) FROM " + STATES + where(question.cell())
                        + (any ? " AND ts >= " + Sql.time(lastHour) : ""))
                .at("/dataset/0");
        long first = any ? firstHour : Sql.unixUs(tail.path(0), Long.MIN_VALUE);
        // where samples have been thrown away since, the hour stands for them
        long last = Sql.unixUs(tail.path(1), any ? lastHour : Long.MIN_VALUE);
        OptionalLong newestHour = any ? OptionalLong.of(lastHour) : OptionalLong.empty();
        return last == Long.MIN_VALUE
                ? Optional.empty()
                : Optional.of(new Extent(first, last, newestHour, hours.path(2).asLong(0)));
    }

    private static long hour(long unixUs) {
        long hourUs = StateView.HOURS.bucketS() * US_PER_S;
        return Math.floorDiv(unixUs, hourUs) * hourUs;
    }

    /** How many samples there are, or somewhat more where it is a long time. */
    private long samples(String cell, long from, long to, Extent extent) throws IOException {
        if (to - from <= SHORT_US) {
            return count("SELECT count() FROM " + STATES + where(cell) + between(from, to));
        }
        long tail = Math.max(from, extent.newestHourUnixUs().orElse(from));
        return extent.summedSamples() + count("SELECT count() FROM " + STATES + where(cell) + between(tail, to));
    }

    private long count(String sql) throws IOException {
        return database.execute(sql).at("/dataset/0/0").asLong(0);
    }

    private static String singleSamples(HistoryQuestion question, long from, long to) {
        List<String> terms = new ArrayList<>();
        question.quantities().forEach(quantity -> terms.add(Sql.name(quantity.name())));
        return "SELECT ts, 1 samples, test_run, sequence, " + String.join(", ", terms) + " FROM " + STATES
                + where(question.cell()) + between(from, to) + " ORDER BY ts, sequence";
    }

    private static String ofSamples(HistoryQuestion question, Bucket bucket, long from, long to) {
        List<String> terms = new ArrayList<>();
        for (Column quantity : question.quantities()) {
            for (Summary summary : StateView.summaries(quantity)) {
                terms.add(summary.ofSamples(Sql.name(quantity.name())));
            }
        }
        return "SELECT ts, count() samples, last(test_run), last(sequence), " + String.join(", ", terms) + " FROM "
                + STATES + where(question.cell()) + between(from, to) + bucket.sampleBy();
    }

    private static String ofSums(HistoryQuestion question, StateView view, Bucket bucket, long from, long to) {
        List<String> terms = new ArrayList<>();
        for (Column quantity : question.quantities()) {
            for (Summary summary : StateView.summaries(quantity)) {
                terms.add(summary.ofSummaries(Sql.name(StateView.columnName(quantity, summary))));
            }
        }
        return "SELECT ts, sum(samples) samples, last(test_run), last(sequence), " + String.join(", ", terms) + " FROM "
                + view.viewName() + where(question.cell()) + between(from, to) + bucket.sampleBy();
    }

    private static String where(String cell) {
        return " WHERE cell = " + Sql.text(cell);
    }

    private static String between(long from, long to) {
        return " AND ts >= " + Sql.time(from) + " AND ts < " + Sql.time(to);
    }

    private List<Point> points(HistoryQuestion question, String sql, boolean single) throws IOException {
        List<Point> points = new ArrayList<>();
        for (JsonNode row : database.execute(sql).path("dataset")) {
            List<Map<Summary, Double>> values = new ArrayList<>();
            int place = FIXED_COLUMNS;
            for (Column quantity : question.quantities()) {
                List<Summary> given = single ? List.of(Summary.MEAN) : StateView.summaries(quantity);
                values.add(values(row, place, given));
                place += given.size();
            }
            points.add(new Point(
                    Sql.unixUs(row.path(0), 0),
                    row.path(1).asLong(),
                    row.path(2).asText(""),
                    row.path(3).asLong(),
                    values));
        }
        return points;
    }

    /** What is given once alone, by a single sample or as a mean alone, is each of the summaries. */
    private static Map<Summary, Double> values(JsonNode row, int place, List<Summary> given) {
        Map<Summary, Double> values = new EnumMap<>(Summary.class);
        for (Summary summary : Summary.values()) {
            JsonNode value = row.path(place + (given.size() == 1 ? 0 : given.indexOf(summary)));
            if (value.isNumber()) {
                values.put(summary, value.asDouble());
            }
        }
        return values;
    }
}
