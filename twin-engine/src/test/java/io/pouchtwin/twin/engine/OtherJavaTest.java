package io.pouchtwin.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.protobuf.ByteString;
import io.pouchtwin.twin.Samples;
import io.pouchtwin.twin.ensemble.ReducedCellModels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The twins of shipped parameter sets say the same, to the bit, on whatever Java runs them: this one, and every other of
 * version 17 or newer that is installed beside it.
 */
class OtherJavaTest {
    private static final int SAMPLES = 400;

    @Test
    void allInstalledJavasGiveTheSameBits() throws IOException, NoSuchAlgorithmException, InterruptedException {
        List<Path> others = otherJavas();
        assumeThat(others)
                .as("another Java of version 17 or newer beside this one")
                .isNotEmpty();
        String here = digest();
        for (Path home : others) {
            assertThat(digestOn(home)).as("on %s", home).isEqualTo(here);
        }
    }

    private static List<Path> otherJavas() throws IOException {
        Path self = Path.of(System.getProperty("java.home")).toRealPath();
        Path parent = self.getParent();
        if (parent == null) {
            return List.of();
        }
        try (Stream<Path> beside = Files.list(parent)) {
            return beside.filter(home -> Files.isExecutable(home.resolve("bin/java")))
                    .map(OtherJavaTest::real)
                    .distinct()
                    .filter(home -> !home.equals(self) && version(home) >= 17)
                    .toList();
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path;
        }
    }

    private static int version(Path home) {
        try {
            return Files.readAllLines(home.resolve("release")).stream()
                    .filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.replaceAll("[^0-9.]", "").replaceAll("\\..*", ""))
                    .mapToInt(Integer::parseInt)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    private static String digestOn(Path home) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        home.resolve("bin/java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        OtherJavaTest.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("exit status on %s", home).isZero();
        return output.strip();
    }

    /** Prints the digest of this Java. */
    public static void main(String[] arguments) throws NoSuchAlgorithmException {
        System.out.println(digest());
    }

    private static String digest() throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (String design : List.of("coin-ncm523-ppla", "pouch-5c-ncm523-ppla")) {
            double scale = design.startsWith("coin") ? 1e-3 : 0.5;
            var samples = Samples.run(9, SAMPLES, 0.06).stream()
                    .map(sample -> sample.toBuilder()
                            .setCurrentA(sample.getCurrentA() * scale)
                            .setNetChargeAh(sample.getNetChargeAh() * scale)
                            .build())
                    .toList();
            for (ByteString state : EngineWorld.undisturbed(ReducedCellModels.shipped(), design, "any", samples)) {
                digest.update(state.toByteArray());
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
