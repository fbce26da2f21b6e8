package io.pouchtwin.history.read;

import static java.util.stream.Collectors.joining;

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
import java.util.stream.LongStream;
import java.util.stream.Stream;

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
    private static final long HOUR_US = 60 * MINUTE_US;
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
        // where the samples have been thrown away, the minutes still tell
        long span = samples == 0 ? Math.max(last - first, question.points() * MINUTE_US) : last - first;
        Bucket bucket = Bucket.forSpan(span, question.points());
        return Optional.of(summedUp(question, bucket, from, to, first, last, extent.get()));
    }

    /**
     * Asks in each of the ways in which somebody may ask about a cell, so that the first who does need not wait while the database and this program load and
     * compile what they need for it: half a second.
     *
     * @return the answers; none where nothing is kept of the cell
     */
    public List<HistoryAnswer> rehearse(String cell, int points, List<Column> quantities) throws IOException {
        HistoryQuestion question =
                new HistoryQuestion(cell, OptionalLong.empty(), OptionalLong.empty(), points, quantities);
        Optional<Extent> extent = extent(question);
        if (extent.isEmpty()) {
            return List.of();
        }
        long end = extent.get().lastUnixUs() + 1;
        List<HistoryAnswer> answers = new ArrayList<>();
        // not more of the past than somebody would ask for in this way
        for (long span : List.of(SHORT_US, 12 * SHORT_US, points * HOUR_US)) {
            long first = Math.max(end - span, extent.get().firstUnixUs());
            Bucket bucket = Bucket.forSpan(span, points);
            answers.add(summedUp(question, bucket, first, end, first, end, extent.get()));
        }
        answer(new HistoryQuestion(
                        cell, OptionalLong.of(end - points * US_PER_S / 2), OptionalLong.of(end), points, quantities))
                .ifPresent(answers::add);
        return answers;
    }

    /** The cell that was written last, for want of a better one to rehearse with; empty while nothing is kept. */
    public Optional<String> newestCell() throws IOException {
        JsonNode cell =
                database.execute("SELECT cell FROM " + STATES + " LIMIT -1").at("/dataset/0/0");
        return cell.isTextual() ? Optional.of(cell.asText()) : Optional.empty();
    }

    private HistoryAnswer summedUp(
            HistoryQuestion question, Bucket bucket, long from, long to, long first, long last, Extent extent)
            throws IOException {
        long aligned = bucket.floor(first);
        Optional<StateView> view = bucket.view();
        List<String> parts = new ArrayList<>();
        long summedUntil = aligned;
        if (view.isPresent()) {
            summedUntil = Math.max(aligned, summedUntil(question.cell(), view.get(), extent, aligned));
            parts.add(ofSums(question, view.get(), bucket, aligned, Math.min(last, summedUntil)));
        }
        if (last > summedUntil) {
            parts.add(ofSamples(question, bucket, summedUntil, last));
        }
        String sql = parts.stream().map(part -> "SELECT * FROM (" + part + ")").collect(joining(" UNION ALL "));
        Source source = view.map(v -> v == StateView.HOURS ? Source.HOURS : Source.MINUTES)
                .orElse(Source.SAMPLES);
        List<Point> points = together(points(question, sql, false));
        return new HistoryAnswer(Math.min(from, aligned), to, source, bucket.seconds(), question.quantities(), points);
    }

    /** Until when the sums stand for the samples. The newest sum may lack what came since, so its samples are read instead, unless they have been thrown away. */
    private long summedUntil(String cell, StateView view, Extent extent, long otherwise) throws IOException {
        if (view == StateView.HOURS) {
            return extent.newestHour().map(Newest::summedUntil).orElse(otherwise);
        }
        JsonNode minutes = database.execute("SELECT max(ts), last(samples) FROM " + view.viewName() + where(cell)
                        + extent.newestHour()
                                .map(hour -> " AND ts >= " + Sql.time(hour.unixUs()))
                                .orElse(""))
                .at("/dataset/0");
        long newest = Sql.unixUs(minutes.path(0), Long.MIN_VALUE);
        if (newest == Long.MIN_VALUE) {
            return otherwise;
        }
        long end = newest + MINUTE_US;
        long kept = count("SELECT count() FROM " + STATES + where(cell) + between(newest, end));
        return new Newest(newest, end, minutes.path(1).asLong(), kept).summedUntil();
    }

    /** The bucket in which the sums end goes on with the samples after them. */
    private static List<Point> together(List<Point> points) {
        List<Point> whole = new ArrayList<>();
        for (Point point : points) {
            int last = whole.size() - 1;
            if (last >= 0 && whole.get(last).unixUs() == point.unixUs()) {
                whole.set(last, whole.get(last).and(point));
            } else {
                whole.add(point);
            }
        }
        return whole;
    }

    /**
     * The newest sum of a cell.
     *
     * @param unixUs where its time begins
     * @param endUnixUs where it ends
     * @param summed how many samples it stands for
     * @param kept how many samples of its time are there
     */
    private record Newest(long unixUs, long endUnixUs, long summed, long kept) {
        long summedUntil() {
            return kept < summed ? endUnixUs : unixUs;
        }
    }

    /**
     * What there is of a cell.
     *
     * @param firstUnixUs time of its first sample
     * @param lastUnixUs of its last
     * @param newestHour that is summed up
     * @param samples how many there are in the time that is asked for, or somewhat more
     */
    private record Extent(long firstUnixUs, long lastUnixUs, Optional<Newest> newestHour, long samples) {}

    /**
     * Found in two questions, because each costs the way there and back: one about the hours, which of all cells lie together, so that it reads all; and one about what came since
     * the last of them began.
     */
    private Optional<Extent> extent(HistoryQuestion question) throws IOException {
        JsonNode hours = database.execute("SELECT min(ts), max(ts), "
                        + sumIf(asked(question.fromUnixUs().stream().map(HistoryReader::hour), question), "samples")
                        + ", last(samples) FROM " + StateView.HOURS.viewName() + where(question.cell()))
                .at("/dataset/0");
        long firstHour = Sql.unixUs(hours.path(0), Long.MIN_VALUE);
        long lastHour = Sql.unixUs(hours.path(1), Long.MIN_VALUE);
        boolean any = lastHour != Long.MIN_VALUE;
        long hourEnd = any ? lastHour + HOUR_US : Long.MIN_VALUE;
        JsonNode tail = database.execute("SELECT min(ts), max(ts), "
                        + sumIf(asked(question.fromUnixUs().stream(), question), "1L") + ", "
                        + sumIf(any ? List.of("ts < " + Sql.time(hourEnd)) : List.of(), "1L") + " FROM " + STATES
                        + where(question.cell()) + (any ? " AND ts >= " + Sql.time(lastHour) : ""))
                .at("/dataset/0");
        long first = any ? firstHour : Sql.unixUs(tail.path(0), Long.MIN_VALUE);
        // where samples have been thrown away since, the hour stands for them
        long last = Sql.unixUs(tail.path(1), any ? lastHour : Long.MIN_VALUE);
        if (last == Long.MIN_VALUE) {
            return Optional.empty();
        }
        Optional<Newest> newestHour = any
                ? Optional.of(new Newest(
                        lastHour, hourEnd, hours.path(3).asLong(), tail.path(3).asLong(0)))
                : Optional.empty();
        long samples = hours.path(2).asLong(0) + tail.path(2).asLong(0);
        return Optional.of(new Extent(first, last, newestHour, samples));
    }

    private static List<String> asked(LongStream from, HistoryQuestion question) {
        return Stream.concat(
                        from.mapToObj(moment -> "ts >= " + Sql.time(moment)),
                        question.toUnixUs().stream().mapToObj(moment -> "ts < " + Sql.time(moment)))
                .toList();
    }

    private static String sumIf(List<String> conditions, String value) {
        return conditions.isEmpty()
                ? "sum(" + value + ")"
                : "sum(CASE WHEN " + String.join(" AND ", conditions) + " THEN " + value + " ELSE 0L END)";
    }

    private static long hour(long unixUs) {
        return Math.floorDiv(unixUs, HOUR_US) * HOUR_US;
    }

    /** How many samples there are, or somewhat more where it is a long time. */
    private long samples(String cell, long from, long to, Extent extent) throws IOException {
        return to - from <= SHORT_US
                ? count("SELECT count() FROM " + STATES + where(cell) + between(from, to))
                : extent.samples();
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
