package io.pouchtwin.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import io.pouchtwin.history.Database;
import io.pouchtwin.history.HistorySchema;
import io.pouchtwin.history.Retention;
import io.pouchtwin.history.embedded.DatabaseSettings;
import io.pouchtwin.history.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is older than the server holds in memory, as a person in front of a browser gets it out of the history. */
class PastPageTest {
    private static final String CELL = "A01";
    private static final int PAST_HOURS = 10;
    private static final int EACH_S = 5;
    private static final int ROWS = PAST_HOURS * 3600 / EACH_S;

    @TempDir
    private static Path directory;

    private static EmbeddedDatabase database;
    private static ApiFixture api;
    private static Instant firstHeld;

    @BeforeAll
    static void start() throws IOException {
        database = EmbeddedDatabase.start(new DatabaseSettings(
                directory.resolve("history"), 0, 0, "writer", "secret", "reader", "reader", 256 << 20));
        api = new ApiFixture(PageFixture.CONFIG, Optional.of(database.address()));
        api.feed(CELL, "run-1", ROWS + 1, ROWS + 100);
        firstHeld = Instant.parse(api.json("/api/v1/cells/" + CELL + "/recent?limit=100")
                .getJsonArray("states")
                .getJsonObject(0)
                .getString("time"));
        Database past = new Database(database.address());
        new HistorySchema(past, Retention.FOR_EVER).ensure();
        past.execute("INSERT INTO twin_state (ts, cell, test_run, sequence, test_time_s, voltage_measured_v)"
                + " SELECT timestamp_sequence('" + firstHeld.minus(Duration.ofHours(PAST_HOURS)) + "'::timestamp, "
                + EACH_S * 1_000_000L + "), '" + CELL + "', 'run-1', x, x * " + EACH_S
                + "e0, 3.5 FROM long_sequence(" + ROWS + ")");
        await().atMost(Duration.ofMinutes(1))
                .until(() -> past.execute("SELECT count() FROM twin_state")
                                .at("/dataset/0/0")
                                .asInt()
                        == ROWS);
    }

    @AfterAll
    static void stop() {
        api.close();
        database.close();
    }

    private static Chromium.Tab open(String address) {
        Chromium.Tab tab = Chromium.open(Chromium.desk());
        tab.page.navigate(api.uri(address).toString());
        tab.page.locator(".charts .uplot").first().waitFor();
        return tab;
    }

    /** When the first point of the voltage's chart is; 1970 where there is none yet. */
    private static Instant firstDrawn(Page page) {
        try {
            Download file = page.waitForDownload(
                    () -> page.getByLabel("Voltage, 90 % band [V] as CSV").click());
            List<String> lines = Files.readAllLines(file.path(), StandardCharsets.UTF_8);
            double seconds =
                    lines.size() < 2 ? 0 : Double.parseDouble(lines.get(1).split(",", -1)[0]);
            return Instant.ofEpochMilli(Math.round(seconds * 1000));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whoLooksFurtherBackGetsTheHistoryAsMeansAndTheAddressHoldsIt() {
        try (Chromium.Tab tab = open("/?cell=" + CELL)) {
            assertThat(firstDrawn(tab.page)).isEqualTo(firstHeld);
            tab.page.getByLabel("How far back the charts reach").selectOption("1 day");
            assertThat(tab.page).hasURL(Pattern.compile("\\?cell=A01&span=86400$"));
            assertThat(tab.page.locator(".past"))
                    .hasText(Pattern.compile("The past is drawn as means over \\d+ \\w+\\."));
            assertThat(firstDrawn(tab.page)).isBefore(firstHeld.minus(Duration.ofMinutes(PAST_HOURS * 60 - 10)));
            String address = tab.page.url();
            try (Chromium.Tab colleague = open(address.substring(address.indexOf('/', 8)))) {
                assertThat(colleague.page.locator(".past")).containsText("The past is drawn as means");
            }
            assertThat(tab.complaints).isEmpty();
        }
    }

    @Test
    void whoLooksCloserGetsSingleSamples() {
        double from = firstHeld.minus(Duration.ofHours(2)).toEpochMilli() / 1e3;
        try (Chromium.Tab tab = open(String.format("/?cell=%s&from=%.3f&to=%.3f", CELL, from, from + 600))) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> firstDrawn(tab.page).equals(Instant.ofEpochMilli(Math.round(from * 1000))));
            assertThat(tab.page.locator(".past")).hasText("");
        }
    }

    @Test
    void aHistoryThatDoesNotAnswerIsSaid() {
        try (Chromium.Tab tab = open("/?cell=" + CELL)) {
            tab.page.route("**/history?*", route -> route.abort());
            tab.page.getByLabel("How far back the charts reach").selectOption("Everything");
            assertThat(tab.page.locator(".past")).containsText("What is older cannot be shown now:");
        }
    }
}
