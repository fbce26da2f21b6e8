package io.pouchtwin.app.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What can be said of docker-compose.yml where no Docker runs. */
class ComposeTest {
    private static final String FILE = "docker-compose.yml";

    private final JsonNode compose = read();

    @Test
    void everyImageHasAnExactVersion() {
        for (Map.Entry<String, JsonNode> service : compose.path("services").properties()) {
            String image = service.getValue()
                    .path("image")
                    .asText(service.getValue().at("/<</image").asText());
            if (!image.isEmpty()) {
                assertThat(image).as(service.getKey()).matches(".+:v?[0-9]+\\.[0-9]+\\.[0-9]+");
            }
        }
        assertThat(compose.path("services").properties().stream().map(Map.Entry::getKey))
                .contains(
                        "kafka",
                        "questdb",
                        "history",
                        "gateway",
                        "ingest",
                        "engine",
                        "api",
                        "prometheus",
                        "alertmanager",
                        "grafana",
                        "watchdog");
    }

    @Test
    void whatIsMountedIsThere() {
        for (JsonNode service : compose.path("services")) {
            for (JsonNode volume : service.path("volumes")) {
                String source = List.of(volume.asText().split(":(?=/)", -1)).get(0);
                if (source.equals("./lab.yaml")) {
                    continue; // the lab's own
                }
                if (source.startsWith("./")) {
                    assertThat(Tool.ROOT.resolve(source.replace("${TARGETS:-roles}", "roles")))
                            .exists();
                    assertThat(Tool.ROOT.resolve(source.replace("${TARGETS:-roles}", "none")))
                            .exists();
                } else {
                    assertThat(compose.path("volumes").has(source)).as(source).isTrue();
                }
            }
        }
    }

    @Test
    void nothingListensBeyondLoopback() throws IOException {
        String text = Files.readString(Tool.ROOT.resolve(FILE));
        assertThat(text).doesNotContain("0.0.0.0").doesNotContain("ports:");
        assertThat(text)
                .contains(
                        "--web.listen-address=127.0.0.1:9090",
                        "--web.listen-address=127.0.0.1:9093",
                        "GF_SERVER_HTTP_ADDR: 127.0.0.1",
                        "QDB_HTTP_BIND_TO: 127.0.0.1:9000",
                        "QDB_PG_NET_BIND_TO: 127.0.0.1:8812",
                        "PLAINTEXT://127.0.0.1:9092");
    }

    @Test
    void prometheusFindsEachRoleOnThePortThatItHas() throws IOException {
        Set<String> ports = new TreeSet<>();
        for (JsonNode service : compose.path("services")) {
            for (JsonNode word : service.path("command")) {
                if (word.asText().startsWith("ops.port=")) {
                    ports.add("127.0.0.1:" + word.asText().substring("ops.port=".length()));
                }
            }
        }
        Set<String> scraped = new TreeSet<>();
        new YAMLMapper()
                .readTree(Tool.ROOT
                        .resolve("grafana/prometheus/targets/roles/roles.yml")
                        .toFile())
                .at("/0/targets")
                .forEach(target -> scraped.add(target.asText()));
        assertThat(scraped).isEqualTo(ports);
    }

    private static JsonNode read() {
        try {
            return new YAMLMapper().readTree(Tool.ROOT.resolve(FILE).toFile());
        } catch (IOException e) {
            throw new AssertionError(FILE, e);
        }
    }
}
