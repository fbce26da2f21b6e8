package io.pouchtwin.app.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each line of the threat model names tests that exist and run. */
class ThreatModelTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern NAMED = Pattern.compile("`([A-Za-z0-9]+Test)#([A-Za-z0-9]+)`");
    private static final int COLUMNS = 4;

    private static List<List<String>> lines() throws IOException {
        return Files.readAllLines(ROOT.resolve("docs/security.md")).stream()
                .filter(line -> line.matches("\\| *[0-9]+ *\\|.*"))
                .map(line -> Arrays.stream(line.split("\\|", -1))
                        .map(String::strip)
                        .filter(cell -> !cell.isEmpty())
                        .toList())
                .toList();
    }

    @Test
    void eachThreatHasAMeasureAndATest() throws IOException {
        List<List<String>> lines = lines();
        assertThat(lines).hasSizeGreaterThan(20);
        for (int i = 0; i < lines.size(); i++) {
            assertThat(lines.get(i)).as("line " + (i + 1)).hasSize(COLUMNS);
            assertThat(lines.get(i).get(0)).isEqualTo(Integer.toString(i + 1));
            assertThat(NAMED.matcher(lines.get(i).get(3)).results())
                    .as(lines.get(i).get(1))
                    .isNotEmpty();
        }
    }

    @Test
    void eachNamedTestExistsAndRuns() throws IOException {
        for (List<String> line : lines()) {
            for (MatchResult test : NAMED.matcher(line.get(3)).results().toList()) {
                String source = source(test.group(1));
                assertThat(source)
                        .as(test.group())
                        .containsPattern("@(Test|ParameterizedTest|Property)[^;{}]*(\\{[^;]*}[^;{}]*)?void "
                                + test.group(2) + "\\(")
                        .doesNotContain("@Disabled");
            }
        }
    }

    private static String source(String test) throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            List<Path> found = modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .flatMap(ThreatModelTest::walk)
                    .filter(file -> file.getFileName().toString().equals(test + ".java"))
                    .toList();
            assertThat(found).as(test).hasSize(1);
            return Files.readString(found.get(0));
        }
    }

    private static Stream<Path> walk(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
