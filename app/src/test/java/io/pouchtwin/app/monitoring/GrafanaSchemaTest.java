package io.pouchtwin.app.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The dashboards against Grafana's own schema package, by the TypeScript compiler. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GrafanaSchemaTest {
    private Path schema;
    private Path dashboards;

    @BeforeAll
    void fetchTheSchema(@TempDir Path folder) throws Exception {
        schema = folder.resolve("schema");
        dashboards = folder.resolve("dashboards");
        copy(Tool.ROOT.resolve("grafana/schema"), schema);
        copy(Dashboards.FOLDER, dashboards);
        Tool.Ended fetched = Tool.NPM.run(schema, "ci", "--no-audit", "--no-fund", "--loglevel=error");
        if (fetched.status() != 0) {
            System.err.println("SKIPPED: npm cannot fetch Grafana's schema package: " + fetched.said());
        }
        assumeTrue(fetched.status() == 0, "no npm registry");
    }

    @Test
    void grafanasTypesAcceptEveryDashboard() throws Exception {
        Tool.NPM.mustAccept(schema, "run", "check");
        String cell = Files.readString(dashboards.resolve("cell.json"));
        Files.writeString(dashboards.resolve("cell.json"), cell.replace("\"gridPos\"", "\"gridPosition\""));

        assertThat(Tool.NPM.run(schema, "run", "check").said()).contains("gridPosition");
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
