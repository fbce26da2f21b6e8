package io.pouchtwin.app.history;

import io.pouchtwin.history.Database;
import io.pouchtwin.history.HistoryConfig;
import io.pouchtwin.history.HistorySchema;
import io.pouchtwin.history.Retention;
import io.pouchtwin.history.embedded.DatabaseSettings;
import io.pouchtwin.history.embedded.EmbeddedDatabase;
import io.pouchtwin.history.read.HistoryAnswer;
import io.pouchtwin.history.read.HistoryQuestion;
import io.pouchtwin.history.read.HistoryReader;
import io.pouchtwin.history.schema.Column;
import io.pouchtwin.history.schema.StateView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How long questions about one cell at 1 Hz take, with a month of it in the database beside other cells: the others have a sample each hour, so that the sums by
 * hour are as many as if they too ran at 1 Hz, and the database has the memory that the demo gives it.
 */
public final class HistoryBench {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int DAYS = 30;
    private static final int OTHERS = 199;
    private static final int OTHERS_EACH_S = 3600;
    private static final int SECONDS_PER_DAY = 86_400;
    private static final int POINTS = 1000;
    private static final int QUANTITIES = 5;
    private static final int REPETITIONS = 31;
    private static final double US_PER_MS = 1e3;
    private static final long MIB = 1L << 20;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private HistoryBench() {}

    /** Measures; some minutes, and 3 GB in a temporary directory meanwhile. */
    public static Map<String, Double> run(Consumer<String> progress) throws Exception {
        Path directory = Files.createTempDirectory("pouchtwin-history-bench");
        long memoryBytes = HistoryConfig.defaults().memoryMb() * MIB;
        DatabaseSettings settings =
                new DatabaseSettings(directory, 0, 0, "bench", "bench", "reader", "reader", memoryBytes);
        try (EmbeddedDatabase server = EmbeddedDatabase.start(settings)) {
            Database database = new Database(server.address());
            new HistorySchema(database, Retention.FOR_EVER).ensure();
            Map<String, Double> figures = new LinkedHashMap<>();
            fill(database, progress);
            progress.accept("waiting for the sums by minute and hour");
            awaitSums(database);
            figures.put("history.states", (double) count(database, "SELECT count() FROM twin_state"));
            figures.put("history.rehearsal.ms", rehearsalMs(database, progress));
            figures.putAll(answerMs("history.month", database, Duration.ofDays(DAYS), progress));
            figures.putAll(answerMs("history.week", database, Duration.ofDays(7), progress));
            figures.putAll(answerMs("history.day", database, Duration.ofDays(1), progress));
            figures.putAll(answerMs("history.hour", database, Duration.ofHours(1), progress));
            return figures;
        } finally {
            delete(directory);
        }
    }

    private static void fill(Database database, Consumer<String> progress) throws IOException, InterruptedException {
        String names = StateView.quantities().stream()
                .map(column -> '"' + column.name() + '"')
                .collect(Collectors.joining(", "));
        String values =
                StateView.quantities().stream().map(column -> "rnd_double()").collect(Collectors.joining(", "));
        String statement = "INSERT INTO twin_state (ts, cell, test_run, sequence, " + names
                + ") SELECT timestamp_sequence('%s'::timestamp, %d), %s, 'run-1', x, " + values
                + " FROM long_sequence(%d)";
        long rows = 0;
        for (int day = 0; day < DAYS; day++) {
            Instant from = START.plus(day, ChronoUnit.DAYS);
            database.execute(String.format(statement, from, 1_000_000, "'M'", SECONDS_PER_DAY));
            long ofOthers = (long) OTHERS * SECONDS_PER_DAY / OTHERS_EACH_S;
            String other = "concat('C', x % " + OTHERS + ")";
            database.execute(String.format(statement, from, OTHERS_EACH_S * 1_000_000L / OTHERS, other, ofOthers));
            rows += SECONDS_PER_DAY + ofOthers;
            while (count(database, "SELECT count() FROM twin_state") < rows) {
                Thread.sleep(BETWEEN_LOOKS.toMillis());
            }
            if (day % 10 == 9) {
                progress.accept((day + 1) + " of " + DAYS + " days written");
            }
        }
    }

    /** Waits until every state is in the sums; a sum that the database gave up is an error, not a wait for ever. */
    private static void awaitSums(Database database) throws IOException, InterruptedException {
        long states = count(database, "SELECT count() FROM twin_state");
        for (StateView view : StateView.values()) {
            while (count(database, "SELECT sum(samples) FROM " + view.viewName()) < states) {
                long invalid =
                        count(database, "SELECT count() FROM materialized_views() WHERE view_status = 'invalid'");
                if (invalid > 0) {
                    throw new IllegalStateException("the database gave up a view: "
                            + database.execute("SELECT view_name, invalidation_reason FROM materialized_views()")
                                    .path("dataset"));
                }
                database.execute("REFRESH MATERIALIZED VIEW \"" + view.viewName() + "\" INCREMENTAL");
                Thread.sleep(4 * BETWEEN_LOOKS.toMillis());
            }
        }
    }

    private static long count(Database database, String sql) throws IOException {
        return database.execute(sql).at("/dataset/0/0").asLong(0);
    }

    /** What a server does as it starts, with another cell than the one that is asked about then. */
    private static double rehearsalMs(Database database, Consumer<String> progress) throws IOException {
        long begin = System.nanoTime();
        List<HistoryAnswer> answers = new HistoryReader(database)
                .rehearse("C0", POINTS, StateView.quantities().subList(0, QUANTITIES));
        double ms = (System.nanoTime() - begin) / 1e3 / US_PER_MS;
        if (answers.isEmpty()) {
            throw new IllegalStateException(
                    "nothing is kept of C0: nothing was rehearsed, so the answers after it would be cold");
        }
        progress.accept(String.format("rehearsal with another cell: %.1f ms", ms));
        return ms;
    }

    /** The first answer, before anything of the cell is mapped, the one in the middle of those after it, and the slowest of these. */
    private static Map<String, Double> answerMs(String key, Database database, Duration span, Consumer<String> progress)
            throws IOException {
        List<Column> quantities = StateView.quantities().subList(0, QUANTITIES);
        long endUs = START.plus(DAYS, ChronoUnit.DAYS).toEpochMilli() * 1000;
        HistoryQuestion question = new HistoryQuestion(
                "M", OptionalLong.of(endUs - span.toNanos() / 1000), OptionalLong.of(endUs), POINTS, quantities);
        HistoryReader reader = new HistoryReader(database);
        long first = System.nanoTime();
        HistoryAnswer answer = reader.answer(question).orElseThrow();
        double firstMs = (System.nanoTime() - first) / 1e3 / US_PER_MS;
        double[] ms = new double[REPETITIONS];
        for (int i = 0; i < REPETITIONS; i++) {
            long begin = System.nanoTime();
            answer = reader.answer(question).orElseThrow();
            ms[i] = (System.nanoTime() - begin) / 1e3 / US_PER_MS;
        }
        Arrays.sort(ms);
        double median = ms[REPETITIONS / 2];
        progress.accept(String.format(
                "%s: %d points of %.0f s from %s, first %.1f ms, median %.1f ms, slowest of the others %.1f ms",
                span,
                answer.points().size(),
                answer.bucketS(),
                answer.source().name().toLowerCase(Locale.ROOT),
                firstMs,
                median,
                ms[REPETITIONS - 1]));
        return Map.of(key + ".first.ms", firstMs, key + ".ms", median, key + ".slowest.ms", ms[REPETITIONS - 1]);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
