package io.pouchtwin.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CalibrateCommandTest {
    private final StringWriter errors = new StringWriter();
    private final StringWriter output = new StringWriter();

    private int run(String... arguments) {
        CommandLine line = PouchtwinCommand.commandLine();
        line.setErr(new PrintWriter(errors, true));
        line.setOut(new PrintWriter(output, true));
        return line.execute(arguments);
    }

    @Test
    void helpNamesSeedMembersAndFolder() {
        assertThat(run("calibrate", "--help")).isZero();
        assertThat(output.toString()).contains("--seed", "--members", "--walk", "--cell", "--out", "--page");
    }

    @Test
    void tooFewMembersAreRefusedBeforeAnythingIsComputed() {
        assertThat(run("calibrate", "--members", "1")).isEqualTo(2);
        assertThat(errors.toString()).contains("--members 1", "expected at least 2");
    }

    @Test
    void anUnknownDesignIsRefusedBeforeAnythingIsComputed() {
        assertThat(run("calibrate", "--cell", "coin-of-nobody")).isEqualTo(2);
        assertThat(errors.toString()).contains("coin-of-nobody", "coin-ncm523-ppla");
    }
}
