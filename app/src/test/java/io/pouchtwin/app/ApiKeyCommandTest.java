package io.pouchtwin.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pouchtwin.api.security.ApiKeys;
import io.pouchtwin.api.security.Role;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ApiKeyCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine command = PouchtwinCommand.commandLine();
        command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return command.execute(arguments);
    }

    @Test
    void itPrintsTheKeyAndTheLineThatTheServerKnowsItBy() {
        assertThat(run("api-key", "anna", "--role", "operator")).isZero();
        String key = out.toString().lines().toList().get(0);
        String line = out.toString().lines().toList().get(1);
        assertThat(ApiKeys.parse(line).find(key).orElseThrow().role()).isEqualTo(Role.OPERATOR);
    }

    @Test
    void itAddsTheLineToTheFileAndNotTheKey(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("keys");
        assertThat(run("api-key", "anna", "--file", file.toString())).isZero();
        assertThat(run("api-key", "bench-1", "--file", file.toString())).isZero();
        String text = Files.readString(file);
        ApiKeys keys = ApiKeys.parse(text);
        assertThat(keys.size()).isEqualTo(2);
        for (String key : out.toString().lines().toList()) {
            assertThat(keys.find(key)).isPresent();
            assertThat(text).doesNotContain(key);
        }
    }

    @Test
    void aNameThatWouldBreakTheLineIsRefused() {
        assertThat(run("api-key", "anna viewer")).isNotZero();
        assertThat(run("api-key", "anna", "--role", "admin")).isNotZero();
    }
}
