package io.pouchtwin.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pouchtwin.history.embedded.DatabaseSettings;
import io.pouchtwin.history.embedded.EmbeddedDatabase;
import io.pouchtwin.history.read.HistoryAnswer;
import io.pouchtwin.history.read.HistoryAnswer.Point;
import io.pouchtwin.history.read.HistoryQuestion;
import io.pouchtwin.history.read.HistoryReader;
import io.pouchtwin.history.schema.StateView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is older than it may be is thrown away; its sums go on telling of it. */
class RetentionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SAMPLES = 120;

    @TempDir
    Path directory;

    @Test
    void oldSamplesAreThrownAwayAndTheirMinutesStillTell() throws Exception {
        Instant old = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(10, ChronoUnit.DAYS);
        try (EmbeddedDatabase server = EmbeddedDatabase.start(
                new DatabaseSettings(directory, 0, 0, "writer", "secret", "reader", "reader", 256 << 20))) {
            Database database = new Database(server.address());
            new HistorySchema(database, Retention.FOR_EVER).ensure();
            insert(database, old);
            for (StateView view : StateView.values()) {
                // asked for until it is there: what is written is committed a little later
                await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> {
                    database.execute("REFRESH MATERIALIZED VIEW " + view.viewName() + " INCREMENTAL");
                    return count(database, "SELECT sum(samples) FROM " + view.viewName()) == SAMPLES;
                });
            }
            // from now on two days are kept of the samples, ten years of the sums
            new HistorySchema(database, new Retention(Duration.ofDays(2), Duration.ofDays(3650))).ensure();
            insert(database, Instant.now());
            await().atMost(PATIENCE)
                    .until(() ->
                            count(database, "SELECT count() FROM twin_state WHERE ts < dateadd('d', -3, now())") == 0
                                    && count(database, "SELECT count() FROM twin_state") == SAMPLES);

            HistoryQuestion question = new HistoryQuestion(
                    "A",
                    OptionalLong.of(old.toEpochMilli() * 1000),
                    OptionalLong.of(old.plusSeconds(600).toEpochMilli() * 1000),
                    1000,
                    StateView.quantities().stream()
                            .filter(column -> column.name().equals("voltage_measured_v"))
                            .toList());
            HistoryAnswer answer = new HistoryReader(database).answer(question).orElseThrow();
            assertThat(answer.source()).isEqualTo(HistoryAnswer.Source.MINUTES);
            assertThat(answer.points().stream().mapToLong(Point::samples).sum()).isEqualTo(SAMPLES);
        }
    }

    private static void insert(Database database, Instant from) throws IOException {
        database.execute("INSERT INTO twin_state (ts, cell, test_run, sequence, voltage_measured_v) SELECT"
                + " timestamp_sequence('" + from.truncatedTo(ChronoUnit.SECONDS)
                + "'::timestamp, 1000000), 'A', 'run-1', x, 3.5 FROM long_sequence(" + SAMPLES + ")");
    }

    private static long count(Database database, String sql) throws IOException {
        return database.execute(sql).at("/dataset/0/0").asLong(0);
    }
}
