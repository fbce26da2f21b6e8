package io.pouchtwin.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {

    record Server(String host, int port, double pollPeriodS) {
        Server {
            if (port < 1 || port > 65535) {
                throw new IllegalArgumentException("port is " + port + ", expected 1 to 65535");
            }
        }
    }

    record Tester(String name, int port, Duration pollPeriod, ZoneId timeZone) {}

    record Whole(Server server, List<Tester> testers) {}

    private static final Tester RACK = new Tester("rack-1", 502, Duration.ofSeconds(5), ZoneId.of("UTC"));
    private static final Whole DEFAULTS = new Whole(new Server("127.0.0.1", 8080, 1.0), List.of(RACK));

    @TempDir
    Path directory;

    @Test
    void laterLayersWinOverEarlierOnes() throws IOException {
        Path file = write("server: {port: 1000, host: lab}");

        Whole read = new ConfigReader(DEFAULTS)
                .file(file)
                .environment(Map.of("POUCHTWIN_SERVER_PORT", "2000", "PATH", "/bin"))
                .flags(List.of("server.poll-period-s=0.5", "testers.0.port=503"))
                .bind(Whole.class);

        assertThat(read)
                .isEqualTo(new Whole(
                        new Server("lab", 2000, 0.5),
                        List.of(new Tester("rack-1", 503, Duration.ofSeconds(5), ZoneId.of("UTC")))));
    }

    @Test
    void aWrongTypeNamesKeyValueAndExpectation() throws IOException {
        assertError("server: {port: many}", "server.port", "\"many\"", "a whole number");
        assertError("server: {poll-period-s: fast}", "server.poll-period-s", "\"fast\"", "a number");
        assertError("testers: none", "testers", "\"none\"", "a list");
        assertError("testers: [{name: a, port: 1}, {name: b, port: x}]", "testers[1].port", "\"x\"", "a whole number");
    }

    @Test
    void timesAndZonesAreWrittenWithUnitsAndNames() throws IOException {
        Path file = write("testers: [{name: a, port: 1, poll-period: 500 ms, time-zone: Europe/Zurich}]");

        assertThat(new ConfigReader(DEFAULTS).file(file).bind(Whole.class).testers())
                .containsExactly(new Tester("a", 1, Duration.ofMillis(500), ZoneId.of("Europe/Zurich")));
        assertError("testers: [{name: a, port: 1, poll-period: 5}]", "testers[0].poll-period", "\"5\"", "unit");
        assertError(
                "testers: [{name: a, port: 1, time-zone: Mars}]", "testers[0].time-zone", "\"Mars\"", "Europe/Zurich");
    }

    @Test
    void elementsOfAListTakeWhatTheyLeaveOutFromTheTemplate() throws IOException {
        Path file = write("testers: [{name: a, port: 7}]");

        Whole read = new ConfigReader(DEFAULTS)
                .file(file)
                .elementDefaults("testers", RACK, "name")
                .bind(Whole.class);

        assertThat(read.testers()).containsExactly(new Tester("a", 7, Duration.ofSeconds(5), ZoneId.of("UTC")));
    }

    @Test
    void aFractionIsNotAWholeNumber() throws IOException {
        assertError("server: {port: 80.5}", "server.port", "80.5", "a whole number");
    }

    @Test
    void aValueOutOfRangeNamesKeyValueAndExpectation() throws IOException {
        assertError("server: {port: 70000}", "server: port is 70000", "expected 1 to 65535");
    }

    @Test
    void anUnknownKeyNamesTheKnownOnes() throws IOException {
        assertError("server: {prot: 80}", "server.prot", "unknown", "host", "poll-period-s", "port");
    }

    @Test
    void anUnknownVariableNamesTheKnownOnes() {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> new ConfigReader(DEFAULTS).environment(Map.of("POUCHTWIN_PORT", "1")))
                .withMessageContainingAll("POUCHTWIN_PORT", "POUCHTWIN_SERVER_PORT");
    }

    @Test
    void brokenYamlNamesTheLine() throws IOException {
        assertError("server:\n  port: [1, 2\nx", "not valid YAML", "line");
    }

    @Test
    void aKeyGivenTwiceIsRefused() throws IOException {
        assertError("server: {port: 1, port: 2}", "not valid YAML", "port");
    }

    @Test
    void secretsAreNotPrinted() {
        String yaml = new ConfigReader(Map.of("testers", List.of(Map.of("name", "a", "password", "hunter2")))).toYaml();

        assertThat(yaml).contains("name", "password").doesNotContain("hunter2");
    }

    @Test
    void aMissingFileIsSaid() {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> new ConfigReader(DEFAULTS).file(directory.resolve("absent.yaml")))
                .withMessageContainingAll("absent.yaml", "does not exist");
    }

    private void assertError(String yaml, String... parts) throws IOException {
        Path file = write(yaml);
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> new ConfigReader(DEFAULTS).file(file).bind(Whole.class))
                .withMessageContainingAll(parts);
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(directory.resolve("config.yaml"), yaml);
    }
}
