package io.pouchtwin.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pouchtwin.contracts.v1.TwinState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReplayCommandTest {

    private static final int ROWS = 1200;

    @TempDir
    Path directory;

    @Test
    void theSameFileReplayedTwiceGivesTheSameBytesOfTwinState() throws IOException {
        Path file = recording();

        byte[] first = statesOf(file, "first");
        byte[] second = statesOf(file, "second");

        List<TwinState> states = parsed(first);
        assertThat(states).hasSize(ROWS);
        assertThat(states.get(ROWS - 1).getSequence()).isEqualTo(ROWS);
        assertThat(second).isEqualTo(first);
    }

    @Test
    void aFileThatIsNotThereIsSaidInOneLine() {
        StringWriter err = new StringWriter();

        int status = PouchtwinCommand.commandLine()
                .setErr(new PrintWriter(err, true))
                .execute("replay", directory.resolve("absent.csv").toString());

        assertThat(status).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("absent.csv").hasLineCount(1);
    }

    private byte[] statesOf(Path file, String name) throws IOException {
        Path out = directory.resolve(name + ".states");
        int status = PouchtwinCommand.commandLine()
                .execute("replay", file.toString(), "--design", "coin-ncm523-ppla", "--state-out", out.toString());
        assertThat(status).isZero();
        return Files.readAllBytes(out);
    }

    private static List<TwinState> parsed(byte[] delimited) throws IOException {
        List<TwinState> states = new ArrayList<>();
        InputStream in = new ByteArrayInputStream(delimited);
        for (TwinState state = TwinState.parseDelimitedFrom(in);
                state != null;
                state = TwinState.parseDelimitedFrom(in)) {
            states.add(state);
        }
        return states;
    }

    /** A rest, then a slow discharge of a coin cell, as a tester might have recorded them. */
    private Path recording() throws IOException {
        StringBuilder csv = new StringBuilder("Test Time / s,Voltage / V,Current / A\n");
        for (int i = 0; i < ROWS; i++) {
            double currentA = i < 60 ? 0 : -2e-4;
            double voltageV = 4.2 - (i < 60 ? 0 : 0.02 + 2e-4 * (i - 60));
            csv.append(String.format(Locale.ROOT, "%d,%.5f,%.6f%n", 5 * i, voltageV, currentA));
        }
        return Files.writeString(directory.resolve("coin.bdf.csv"), csv);
    }
}
