package io.pouchtwin.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.pouchtwin.contracts.Topic;
import io.pouchtwin.contracts.v1.CleanBatch;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.history.read.HistoryAnswer;
import io.pouchtwin.history.read.HistoryAnswer.Point;
import io.pouchtwin.history.read.HistoryQuestion;
import io.pouchtwin.history.read.HistoryReader;
import io.pouchtwin.history.schema.Column;
import io.pouchtwin.history.schema.StateView;
import io.pouchtwin.history.schema.Summary;
import io.pouchtwin.history.write.HistoryWriter;
import io.pouchtwin.stage.StageHealth;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryWriterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path directory;

    private static HistoryWorld world;

    @BeforeAll
    static void start() {
        world = new HistoryWorld(directory);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void whatWasSentIsThereOnceThoughTheDatabaseGoesAwayAndTheWriterStartsAnew() {
        for (int sequence = 1; sequence <= 300; sequence++) {
            world.send(HistoryWorld.state("A", sequence));
        }
        world.flush();
        String rows = "SELECT count() FROM twin_state WHERE cell = 'A'";
        try (HistoryWriter writer = world.writer()) {
            await().atMost(PATIENCE).until(() -> world.count(rows) == 300);
            world.stopDatabase();
            for (int sequence = 301; sequence <= 600; sequence++) {
                world.send(HistoryWorld.state("A", sequence));
            }
            world.flush();
            await().atMost(PATIENCE).until(() -> writer.health().state() == StageHealth.State.RETRYING);
            world.startDatabase();
            await().atMost(PATIENCE).until(() -> world.count(rows) == 600);
            await().atMost(PATIENCE).until(() -> writer.health().ready());
        }
        // the same records again, as after a crash between flush and commit
        for (int sequence = 1; sequence <= 600; sequence++) {
            world.send(HistoryWorld.state("A", sequence));
        }
        world.send(HistoryWorld.state("A", 601));
        world.flush();
        try (HistoryWriter writer = world.writer()) {
            await().atMost(PATIENCE).until(() -> world.count(rows) == 601);
            assertThat(world.count("SELECT count_distinct(sequence) FROM twin_state WHERE cell = 'A'"))
                    .isEqualTo(601);
            assertThat(writer.lag()).isZero();
        }
    }

    @Test
    void valuesAreThoseOfTheMessageToTheLastBit() throws Exception {
        world.send(HistoryWorld.state("B", 7));
        world.send(
                Topic.TELEMETRY_CLEAN,
                "B",
                CleanBatch.newBuilder()
                        .setCell("B")
                        .setTestRun("run-1")
                        .addSamples(Sample.newBuilder()
                                .setSequence(7)
                                .setVoltageV(0.1 + 0.2)
                                .setUnixTimeS(HistoryWorld.START_S + 0.25))
                        .build()
                        .toByteArray());
        world.send(Topic.TWIN_STATE, "B", new byte[] {1, 2, 3});
        world.flush();
        try (HistoryWriter writer = world.writer()) {
            await().atMost(PATIENCE)
                    .until(() -> world.count("SELECT count() FROM telemetry_clean WHERE cell = 'B'") == 1);
            await().atMost(PATIENCE).until(() -> world.count("SELECT count() FROM twin_state WHERE cell = 'B'") == 1);
            assertThat(writer.health().ready()).isTrue();
        }
        JsonNode row = new Database(world.address())
                .execute(
                        "SELECT ts, voltage_measured_v, soc, soc_sigma, step_type, freshness FROM twin_state WHERE cell = 'B'")
                .at("/dataset/0");
        assertThat(row.get(0).asText()).isEqualTo("2026-01-01T00:00:07.000000Z");
        assertThat(row.get(1).asDouble()).isEqualTo(3 + Math.sin(1));
        assertThat(row.get(2).asDouble()).isEqualTo(1 / 8.0);
        assertThat(row.get(3).isNull()).as("NaN is not known").isTrue();
        assertThat(row.get(4).asText()).isEqualTo("cc_charge");
        JsonNode sample = new Database(world.address())
                .execute("SELECT ts, voltage_v, ambient_temperature_degc FROM telemetry_clean WHERE cell = 'B'")
                .at("/dataset/0");
        assertThat(sample.get(0).asText()).isEqualTo("2026-01-01T00:00:00.250000Z");
        assertThat(sample.get(1).asDouble()).isEqualTo(0.1 + 0.2);
        assertThat(sample.get(2).isNull()).as("not reported").isTrue();
    }

    @Test
    void aLongTimeIsSummedUpAndAShortOneIsTheSamplesThemselves() throws Exception {
        int samples = 3 * 3600;
        for (int sequence = 1; sequence <= samples; sequence++) {
            world.send(HistoryWorld.state("C", sequence));
        }
        world.flush();
        try (HistoryWriter writer = world.writer()) {
            await().atMost(PATIENCE)
                    .until(() -> world.count("SELECT count() FROM twin_state WHERE cell = 'C'") == samples);
            assertThat(writer.health().live()).isTrue();
        }
        HistoryReader reader = new HistoryReader(new Database(world.address()));
        Column voltage = quantity("voltage_measured_v");
        HistoryAnswer whole = reader.answer(question(OptionalLong.empty(), OptionalLong.empty(), 100))
                .orElseThrow();
        assertThat(whole.bucketS()).isEqualTo(120);
        assertThat(whole.points()).hasSizeBetween(90, 91);
        assertThat(whole.points().stream().mapToLong(Point::samples).sum()).isEqualTo(samples);
        assertThat(whole.quantities()).contains(voltage);
        Point second = whole.points().get(1);
        assertThat(second.unixUs()).isEqualTo((HistoryWorld.START_S + 120) * 1_000_000);
        double sum = 0;
        for (int sequence = 120; sequence < 240; sequence++) {
            sum += 3 + Math.sin(sequence / 7.0);
        }
        assertThat(second.value(0, Summary.MEAN)).isEqualTo(sum / 120, within(1e-12));
        assertThat(second.value(0, Summary.FIRST)).isEqualTo(3 + Math.sin(120 / 7.0));
        assertThat(second.value(0, Summary.LAST)).isEqualTo(3 + Math.sin(239 / 7.0));
        assertThat(second.sequence()).isEqualTo(239);

        long from = (HistoryWorld.START_S + 100) * 1_000_000;
        HistoryAnswer few = reader.answer(question(OptionalLong.of(from), OptionalLong.of(from + 50_000_000), 100))
                .orElseThrow();
        assertThat(few.source()).isEqualTo(HistoryAnswer.Source.SAMPLES);
        assertThat(few.bucketS()).isZero();
        assertThat(few.points()).hasSize(50);
        assertThat(few.points().get(0).sequence()).isEqualTo(100);
        assertThat(few.points().get(0).value(0, Summary.MEAN)).isEqualTo(3 + Math.sin(100 / 7.0));
        assertThat(reader.answer(new HistoryQuestion(
                        "nobody's", OptionalLong.empty(), OptionalLong.empty(), 100, List.of(voltage))))
                .isEmpty();
    }

    private static HistoryQuestion question(OptionalLong from, OptionalLong to, int points) {
        return new HistoryQuestion("C", from, to, points, List.of(quantity("voltage_measured_v")));
    }

    private static Column quantity(String name) {
        return StateView.quantities().stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
