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

/** The dashboards against Grafana's own schema package, by the TypeScript compiler; docker-compose.yml against the Compose specification's schema. */
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
        Tool.NPM.mustAccept(schema, "run", "dashboards");
        String cell = Files.readString(dashboards.resolve("cell.json"));
        Files.writeString(dashboards.resolve("cell.json"), cell.replace("\"gridPos\"", "\"gridPosition\""));

        assertThat(Tool.NPM.run(schema, "run", "dashboards").said()).contains("gridPosition");
    }

    @Test
    void theComposeSpecificationsSchemaAcceptsTheComposeFile() throws Exception {
        Path compose = schema.resolve("docker-compose.yml");
        String right = Files.readString(Tool.ROOT.resolve("docker-compose.yml"));
        Files.writeString(compose, right);
        Tool.NPM.mustAccept(schema, "run", "compose", "--", compose.toString());
        Files.writeString(compose, right.replace("    restart: unless-stopped", "    restarts: unless-stopped"));

        Tool.Ended ended = Tool.NPM.run(schema, "run", "compose", "--", compose.toString());

        assertThat(ended.status()).isNotZero();
        assertThat(ended.said()).contains("/services/kafka").contains("restarts");
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
