package io.pouchtwin.app.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.pouchtwin.app.monitoring.Dashboards.Panel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Panels that a rule of the linter does not hold for, and why: the linter's own file {@code .lint} beside the dashboards. */
final class Exclusions {
    private final JsonNode rules;

    private Exclusions(JsonNode rules) {
        this.rules = rules;
    }

    static Exclusions read() {
        try {
            return new Exclusions(new YAMLMapper()
                    .readTree(Dashboards.FOLDER.resolve(".lint").toFile())
                    .path("exclusions"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean holds(String rule, Panel panel) {
        return Dashboards.children(rules.path(rule).path("entries"))
                .anyMatch(entry -> entry.path("dashboard").asText().equals(panel.dashboard())
                        && entry.path("panel").asText().equals(panel.title()));
    }

    /** "dashboard / panel" of every entry. */
    Set<String> panels() {
        Set<String> panels = new TreeSet<>();
        rules.forEach(rule -> rule.path("entries")
                .forEach(entry -> panels.add(entry.path("dashboard").asText() + " / "
                        + entry.path("panel").asText())));
        return panels;
    }

    List<String> reasons() {
        return Dashboards.children(rules)
                .map(rule -> rule.path("reason").asText())
                .toList();
    }
}
