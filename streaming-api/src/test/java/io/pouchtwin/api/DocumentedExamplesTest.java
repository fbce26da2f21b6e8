package io.pouchtwin.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pouchtwin.contracts.BusAddress;
import io.pouchtwin.contracts.v1.Forecast;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/api.md do what they say, where the programs they use are present. */
class DocumentedExamplesTest {
    private static final Path PAGE = Path.of("..", "docs", "api.md");

    @TempDir
    private Path directory;

    private ApiFixture api;

    @BeforeEach
    void start() {
        api = new ApiFixture();
        api.feed(new SyntheticCell("A01", "run-7"), 1, 1300);
        api.vertx
                .eventBus()
                .<Buffer>consumer(
                        BusAddress.forecastRequest("A01"),
                        message -> message.reply(
                                Buffer.buffer(Forecast.getDefaultInstance().toByteArray())));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void thePythonExampleRuns() throws Exception {
        assumeTrue(run(List.of("python3", "-c", "import requests, pandas")) == 0, "no Python with requests and pandas");
        Path program = Files.writeString(
                directory.resolve("example.py"), here(block("python").get(0)));
        assertThat(run(List.of("python3", program.toString()))).as(output()).isZero();
        assertThat(output()).contains("voltage_measured_v", "soc.value").containsPattern("(?m)^[34]\\.\\d+$");
    }

    @Test
    void theCurlExamplesAnswer() throws Exception {
        assumeTrue(run(List.of("curl", "--version")) == 0, "no curl");
        for (String commands : block("sh")) {
            for (String command :
                    commands.lines().filter(line -> line.startsWith("curl ")).toList()) {
                // a stream has no end of its own, so it is read for a second
                String limited = here(command).replaceFirst("^curl ", "curl --fail-with-body --max-time 1 ");
                int status = run(List.of("sh", "-c", limited));
                assertThat(status).as(command + "\n" + output()).isIn(command.contains(" -N ") ? 28 : 0, 0);
                assertThat(output()).as(command).isNotBlank();
            }
        }
    }

    private static List<String> block(String language) throws IOException {
        Matcher blocks = Pattern.compile("(?ms)^```" + language + "$(.*?)^```$").matcher(Files.readString(PAGE));
        List<String> found =
                blocks.results().map(match -> match.group(1).strip()).toList();
        assertThat(found).isNotEmpty();
        return found;
    }

    private String here(String text) {
        return text.replace("http://127.0.0.1:8080", api.uri("").toString());
    }

    private int run(List<String> command) throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("output").toFile())
                    .start();
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as(command.toString())
                    .isTrue();
            return process.exitValue();
        } catch (IOException e) {
            return -1; // there is no such program
        }
    }

    private String output() throws IOException {
        return Files.readString(directory.resolve("output"));
    }
}
