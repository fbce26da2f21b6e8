package io.pouchtwin.app.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The dashboards as Grafana will find them. */
final class Dashboards {
    static final Path FOLDER = Tool.ROOT.resolve("grafana/dashboards");

    /** One dashboard. */
    record Dashboard(String file, JsonNode json) {

        /** Panels that show something, also those inside collapsed rows. */
        List<Panel> panels() {
            return children(json.path("panels"))
                    .flatMap(panel -> Stream.concat(Stream.of(panel), children(panel.path("panels"))))
                    .filter(panel -> !panel.path("type").asText().equals("row"))
                    .map(panel -> new Panel(file, json.path("title").asText(), panel))
                    .toList();
        }

        /** This dashboard with something else in place of each occurrence of a text. */
        Dashboard with(String text, String instead) {
            try {
                return new Dashboard(
                        file, new JsonMapper().readTree(json.toString().replace(text, instead)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        List<JsonNode> variables() {
            return children(json.at("/templating/list")).toList();
        }

        List<JsonNode> dataSources() {
            return variables().stream()
                    .filter(v -> v.path("type").asText().equals("datasource"))
                    .toList();
        }

        List<JsonNode> annotations() {
            return children(json.at("/annotations/list"))
                    .filter(each -> each.path("builtIn").asInt() == 0)
                    .toList();
        }

        @Override
        public String toString() {
            return file;
        }
    }

    /** One panel, with the title of its dashboard. */
    record Panel(String file, String dashboard, JsonNode json) {
        String title() {
            return json.path("title").asText();
        }

        List<JsonNode> targets() {
            return children(json.path("targets")).toList();
        }

        /** Questions to Prometheus. */
        List<JsonNode> prometheusTargets() {
            return targets().stream().filter(t -> t.has("expr")).toList();
        }

        /** Questions to the history database. */
        List<JsonNode> historyTargets() {
            return targets().stream().filter(t -> t.has("rawSql")).toList();
        }

        @Override
        public String toString() {
            return file + ": " + title();
        }
    }

    private Dashboards() {}

    static List<Dashboard> all() {
        JsonMapper mapper = new JsonMapper();
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(file -> {
                        try {
                            return new Dashboard(file.getFileName().toString(), mapper.readTree(file.toFile()));
                        } catch (IOException e) {
                            throw new UncheckedIOException(file.toString(), e);
                        }
                    })
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<JsonNode> children(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
