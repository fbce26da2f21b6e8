package io.pouchtwin.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Answers that every operation may give, put into the document so that each need not say them again. */
final class CommonAnswers {
    private CommonAnswers() {}

    static void addTo(JsonObject document) {
        for (Map.Entry<String, Object> path : document.getJsonObject("paths")) {
            for (Map.Entry<String, Object> operation : (JsonObject) path.getValue()) {
                if (operation.getValue() instanceof JsonObject described) {
                    add(described);
                }
            }
        }
    }

    private static void add(JsonObject operation) {
        Map<String, String> problems = new LinkedHashMap<>();
        problems.put(
                "400", "A parameter or the body is not right; the detail names field, value and what was expected");
        boolean open =
                operation.getJsonArray("security", new JsonArray().add("any")).isEmpty();
        if (!open) {
            problems.put("401", "A login is required: no key or token, or not an accepted one");
        }
        if (operation.containsKey("x-role")) {
            problems.put("403", "The caller's role may not do that, or a page from elsewhere asked");
        }
        if (operation.containsKey("requestBody")) {
            problems.put("408", "The body did not come in time");
            problems.put("413", "The body is too long");
            problems.put("415", "The body is not JSON");
        }
        problems.put("414", "The address is too long");
        problems.put("421", "The server does not answer under this name");
        problems.put("429", "Too many requests; Retry-After says when to ask again");
        problems.put("431", "The headers are too long");
        problems.put("503", "It cannot be answered just now");
        JsonObject answers = operation.getJsonObject("responses");
        problems.forEach((status, description) -> {
            if (!answers.containsKey(status)) {
                answers.put(status, problem(status, description));
            }
        });
        Map<String, Object> sorted = new TreeMap<>(answers.getMap());
        operation.put("responses", new JsonObject(sorted));
    }

    private static JsonObject problem(String status, String description) {
        JsonObject schema = new JsonObject().put("$ref", "#/components/schemas/Problem");
        JsonObject answer = new JsonObject()
                .put("description", description)
                .put(
                        "content",
                        new JsonObject().put("application/problem+json", new JsonObject().put("schema", schema)));
        JsonObject text = new JsonObject().put("schema", new JsonObject().put("type", "string"));
        if (status.equals("401")) {
            answer.put("headers", new JsonObject().put("WWW-Authenticate", text));
        } else if (status.equals("429")) {
            answer.put("headers", new JsonObject().put("Retry-After", text));
        }
        return answer;
    }
}
