package io.pouchtwin.app.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A program that the tests need and Maven cannot bring. './pouchtwin test' unpacks Debian's packages into target/tools where it can; where a program is
 * missing its tests are skipped, and say so.
 */
public enum Tool {
    PROMTOOL("promtool"),
    PROMETHEUS("prometheus"),
    AMTOOL("amtool"),
    ALERTMANAGER("prometheus-alertmanager"),
    CHROMIUM("chromium", "chromium-browser google-chrome google-chrome-stable chrome"),
    NPM("npm");

    /** The project's folder. */
    static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    /** What a program said and how it ended. */
    record Ended(int status, String said) {}

    private final String program;
    private final String otherNames;

    Tool(String program) {
        this(program, "");
    }

    Tool(String program, String otherNames) {
        this.program = program;
        this.otherNames = otherNames;
    }

    /** The program; a test that needs it is skipped where it is missing. */
    public Path orSkip() {
        Optional<Path> found = find();
        if (found.isEmpty()) {
            System.err.println(
                    "SKIPPED: no " + program + " found; Debian has it in prometheus, prometheus-alertmanager,"
                            + " chromium or npm, and './pouchtwin test' gets the first three by itself where apt-get can");
        }
        assumeTrue(found.isPresent(), program + " is not installed");
        return found.orElseThrow();
    }

    private Optional<Path> find() {
        Stream<Path> ours = Stream.of(ROOT.resolve("target/tools/usr/bin"));
        Stream<Path> theirs = Stream.of(System.getenv("PATH").split(":", -1)).map(Path::of);
        // an environment variable of the tool's name comes first
        Stream<Path> named = Stream.ofNullable(System.getenv(name())).map(Path::of);
        List<String> names = List.of((program + " " + otherNames).strip().split(" ", -1));
        Stream<Path> found =
                Stream.concat(ours, theirs).flatMap(folder -> names.stream().map(folder::resolve));
        return Stream.concat(named, found).filter(Files::isExecutable).findFirst();
    }

    /** Runs it to its end. */
    Ended run(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(orSkip().toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }

    void mustAccept(Path folder, String... arguments) throws IOException, InterruptedException {
        Ended ended = run(folder, arguments);
        assertThat(ended.status()).as(ended.said()).isZero();
    }
}
