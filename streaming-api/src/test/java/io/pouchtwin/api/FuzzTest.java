package io.pouchtwin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.pouchtwin.api.contract.Schemas;
import io.pouchtwin.contracts.v1.CycleEstimate;
import io.pouchtwin.contracts.v1.Forecast;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Validator;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import org.jspecify.annotations.Nullable;

/** Whatever is asked, right or wrong: the answer has a status that the document names, fits its schema, and is no failure of the server. */
class FuzzTest {
    private static final Set<String> ENDLESS = Set.of("/api/v1/stream", "/api/v1/cells/{cell}/stream");
    /** Nothing is kept and nobody forecasts in this fixture, and it says so. */
    private static final Set<String> HONESTLY_AWAY = Set.of("no-history", "forecaster-away");

    private static @Nullable World world;
    private static final Map<String, Validator> VALIDATORS = new HashMap<>();

    private record Asked(String method, String path, JsonObject operation) {}

    private record World(ApiFixture api, JsonObject document, List<Asked> operations) {}

    // not in a static initialiser: the server's thread runs code of this class, too
    private static World world() {
        World present = world;
        if (present == null) {
            ApiFixture api = fed();
            JsonObject document = api.json("/openapi.json");
            present = new World(api, document, operations(document));
            world = present;
        }
        return present;
    }

    private static ApiFixture fed() {
        ApiFixture api = new ApiFixture();
        api.feed("A01", "run-1", 1, 20);
        api.store(store -> {
            store.alerts(List.of(Alerts.raised("0a", "A01")));
            store.forecasts(List.of(
                    Forecast.newBuilder().setCell("A01").setTestRun("run-1").build()));
            store.cycles(List.of(CycleEstimate.newBuilder()
                    .setCell("A01")
                    .setTestRun("run-1")
                    .setCycleCount(1)
                    .build()));
        });
        return api;
    }

    private static List<Asked> operations(JsonObject document) {
        List<Asked> operations = new ArrayList<>();
        for (Map.Entry<String, Object> path : document.getJsonObject("paths")) {
            for (Map.Entry<String, Object> method : (JsonObject) path.getValue()) {
                if (!ENDLESS.contains(path.getKey())) {
                    operations.add(new Asked(
                            method.getKey().toUpperCase(Locale.ROOT), path.getKey(), (JsonObject) method.getValue()));
                }
            }
        }
        return operations;
    }

    @AfterContainer
    static void stop() {
        World present = world;
        if (present != null) {
            present.api().close();
        }
    }

    @Property(tries = 1500, shrinking = ShrinkingMode.OFF)
    void anAnswerIsAsTheDocumentSays(@ForAll long seed) {
        Random random = new Random(seed);
        Asked asked =
                world().operations().get(random.nextInt(world().operations().size()));
        HttpRequest request = request(asked, random);
        HttpResponse<String> answer = world().api().send(request);
        String said = asked.method() + " " + request.uri() + " -> " + answer.statusCode() + " " + answer.body();
        if (answer.statusCode() >= 500) {
            assertThat(new JsonObject(answer.body()).getString("code")).as(said).isIn(HONESTLY_AWAY);
        }
        JsonObject described =
                asked.operation().getJsonObject("responses").getJsonObject(Integer.toString(answer.statusCode()));
        assertThat(described).as(said).isNotNull();
        JsonObject content = described.getJsonObject("content", new JsonObject());
        String type = answer.headers().firstValue("Content-Type").orElse("");
        if (!answer.body().isEmpty()) {
            assertThat(content.fieldNames()).as(said).contains(type.startsWith("text/plain") ? "text/plain" : type);
        }
        if (type.contains("json")) {
            JsonObject schema = content.getJsonObject(type).getJsonObject("schema");
            Validator validator =
                    VALIDATORS.computeIfAbsent(schema.encode(), text -> Schemas.validator(world().document(), schema));
            assertThat(validator.validate(new JsonObject(answer.body())).getValid())
                    .as(said)
                    .isTrue();
        }
    }

    private static HttpRequest request(Asked asked, Random random) {
        String path = asked.path();
        List<String> query = new ArrayList<>();
        Map<String, String> headers = new HashMap<>();
        for (Object each : asked.operation().getJsonArray("parameters", new JsonArray())) {
            JsonObject parameter = resolved((JsonObject) each);
            String name = parameter.getString("name");
            String value = value(name, parameter.getJsonObject("schema"), random);
            switch (parameter.getString("in")) {
                case "path" -> path = path.replace("{" + name + "}", encoded(value.isEmpty() ? "x" : value));
                case "query" -> {
                    if (random.nextInt(3) > 0) {
                        query.add(encoded(name) + "=" + encoded(value));
                    }
                }
                default -> headers.put(name, value.replaceAll("[^\\x21-\\x7e]", "x"));
            }
        }
        if (random.nextInt(12) == 0) {
            query.add(encoded(text(random)) + "=" + encoded(text(random)));
        }
        String all = query.isEmpty() ? "" : "?" + String.join("&", query);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(world().api().uri("").toString() + path + all));
        headers.forEach(request::header);
        if (asked.operation().containsKey("requestBody")) {
            request.header("Content-Type", random.nextInt(10) == 0 ? "text/plain" : "application/json");
            return request.method(asked.method(), BodyPublishers.ofString(body(asked, random)))
                    .build();
        }
        return request.method(asked.method(), BodyPublishers.noBody()).build();
    }

    private static String body(Asked asked, Random random) {
        JsonObject schema = asked.operation()
                .getJsonObject("requestBody")
                .getJsonObject("content")
                .getJsonObject("application/json")
                .getJsonObject("schema");
        JsonObject body = new JsonObject();
        for (Map.Entry<String, Object> property : schema.getJsonObject("properties", new JsonObject())) {
            if (random.nextInt(3) > 0) {
                String value = value(property.getKey(), (JsonObject) property.getValue(), random);
                boolean number = value.matches("-?[0-9]{1,9}(\\.[0-9]{1,9})?") && random.nextInt(4) > 0;
                body.put(property.getKey(), number ? (Object) Double.valueOf(value) : value);
            }
        }
        return switch (random.nextInt(10)) {
            case 0 -> text(random);
            case 1 -> "[]";
            case 2 -> body.put(text(random), text(random)).encode();
            default -> body.encode();
        };
    }

    /** Mostly what may be meant, at times what nobody means. */
    private static String value(String name, JsonObject schema, Random random) {
        if (random.nextInt(5) == 0) {
            return text(random);
        }
        if (schema.containsKey("enum")) {
            JsonArray words = schema.getJsonArray("enum");
            return String.valueOf(words.getValue(random.nextInt(words.size())));
        }
        return switch (String.valueOf(schema.getValue("type"))) {
            case "integer" -> Long.toString(schema.getLong("minimum", 0L) + random.nextInt(7) - 1);
            case "number" -> Double.toString(Math.round(random.nextDouble() * 3000) / 100.0 - 1);
            case "boolean" -> Boolean.toString(random.nextBoolean());
            default ->
                switch (name) {
                    case "cell", "cells" -> random.nextInt(4) == 0 ? "B01" : "A01";
                    case "alert" -> "0a";
                    case "design" -> "pouch-of-a-test";
                    case "from", "to" -> (1_900 + random.nextInt(8_100)) + "-01-01T00:00:00Z";
                    default -> random.nextInt(2) == 0 ? "run-1:" + random.nextInt(25) : text(random);
                };
        };
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(8) == 0 ? 200 + random.nextInt(300) : random.nextInt(12);
        for (int i = 0; i < length; i++) {
            int code = random.nextInt(4) == 0 ? 1 + random.nextInt(0xD7FE) : 32 + random.nextInt(95);
            text.appendCodePoint(code);
        }
        return text.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static JsonObject resolved(JsonObject object) {
        String reference = object.getString("$ref");
        if (reference == null) {
            return object;
        }
        JsonObject at = world().document();
        for (String step : reference.substring(2).split("/", -1)) {
            at = at.getJsonObject(step);
        }
        return at;
    }
}
