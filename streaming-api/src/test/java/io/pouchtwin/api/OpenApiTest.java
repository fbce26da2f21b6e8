package io.pouchtwin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.pouchtwin.api.store.Contact;
import io.pouchtwin.contracts.v1.CycleEstimate;
import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.contracts.v1.ForecastPoint;
import io.pouchtwin.contracts.v1.ForecastRecord;
import io.pouchtwin.contracts.v1.LivePoint;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The served document and the server say the same. */
class OpenApiTest {
    private static ApiFixture api;
    private static JsonObject document;

    @BeforeAll
    static void start() {
        api = new ApiFixture();
        SyntheticCell cell = new SyntheticCell("A01", "run-1");
        LivePoint live = LivePoint.newBuilder().setVoltageV(3.9).build();
        Contact contact = new Contact(System.currentTimeMillis() * 1000, "run-1", Optional.of(live), false);
        api.store(store -> {
            store.registry(Map.of("A01", cell.registration(0), "B01", cell.registration(1)));
            store.contacts(Map.of("A01", contact));
        });
        api.store(store -> {
            store.alerts(List.of(Alerts.raised("0a", "A01"), Alerts.raised("0b", "B01")));
            store.acknowledgements(List.of(Alerts.acknowledged("0b")));
            store.forecasts(List.of(forecast(3), forecast(4)));
            store.cycles(List.of(cycle(1), cycle(2)));
        });
        api.feed(cell, 1, 40);
        api.feed(cell.state(41, 1).toBuilder()
                .setInnovationV(Double.NaN)
                .clearSoc()
                .clearOverpotentialV()
                .clearUnixTimeS()
                .build());
        document = api.json("/openapi.json");
    }

    private static CycleEstimate cycle(int count) {
        return CycleEstimate.newBuilder()
                .setCell("A01")
                .setTestRun("run-1")
                .setCycleCount(count)
                .build();
    }

    private static Forecast forecast(int cycle) {
        return Forecast.newBuilder()
                .setCell("A01")
                .setTestRun("run-1")
                .setCycleCount(cycle)
                .addPoints(ForecastPoint.newBuilder().setCycle(cycle))
                .setCellRecord(ForecastRecord.newBuilder().setScored(cycle).setCoverage90(0.9))
                .build();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/cells, /api/v1/cells, 200",
        "/api/v1/cells, /api/v1/cells?limit=1, 200",
        "/api/v1/cells, /api/v1/cells?limit=x, 400",
        "/api/v1/cells/{cell}, /api/v1/cells/A01, 200",
        "/api/v1/cells/{cell}, /api/v1/cells/B01, 200",
        "/api/v1/cells/{cell}, /api/v1/cells/C01, 404",
        "/api/v1/cells/{cell}/recent, /api/v1/cells/A01/recent, 200",
        "/api/v1/cells/{cell}/recent, /api/v1/cells/B01/recent, 200",
        "/api/v1/cells/{cell}/recent, /api/v1/cells/A01/recent?after=x:1, 410",
        "/api/v1/cells/{cell}/stream, /api/v1/cells/none/stream, 404",
        "/api/v1/cells/{cell}/forecast, /api/v1/cells/A01/forecast, 200",
        "/api/v1/cells/{cell}/forecast, /api/v1/cells/B01/forecast, 200",
        "/api/v1/cells/{cell}/forecast, /api/v1/cells/C01/forecast, 404",
        "/api/v1/cells/{cell}/cycles, /api/v1/cells/A01/cycles, 200",
        "/api/v1/cells/{cell}/cycles, /api/v1/cells/A01/cycles?limit=1, 200",
        "/api/v1/cells/{cell}/cycles, /api/v1/cells/A01/cycles?before=run-1:99, 410",
        "/api/v1/cells/{cell}/cycles, /api/v1/cells/C01/cycles, 404",
        "/api/v1/cells/{cell}/trust, /api/v1/cells/A01/trust, 200",
        "/api/v1/cells/{cell}/trust, /api/v1/cells/B01/trust, 200",
        "/api/v1/cells/{cell}/trust, /api/v1/cells/C01/trust, 404",
        "/api/v1/parameter-sets, /api/v1/parameter-sets, 200",
        "/api/v1/parameter-sets/{design}, /api/v1/parameter-sets/pouch-of-a-test, 200",
        "/api/v1/parameter-sets/{design}, /api/v1/parameter-sets/none, 404",
        "/api/v1/session, /api/v1/session, 200",
        "/api/v1/alerts, /api/v1/alerts, 200",
        "/api/v1/alerts, '/api/v1/alerts?cell=A01&stage=critical&open=true', 200",
        "/api/v1/alerts, /api/v1/alerts?stage=loud, 400",
        "/api/v1/alerts/{alert}, /api/v1/alerts/0a, 200",
        "/api/v1/alerts/{alert}, /api/v1/alerts/none, 404",
        "/api/v1/cells/{cell}/history, /api/v1/cells/A01/history, 503",
        "/api/v1/cells/{cell}/history, /api/v1/cells/A01/history?from=yesterday, 400",
        "/api/v1/cells/{cell}/history, '/api/v1/cells/A01/history?from=7450-01-01T00:00:00Z', 503",
        "/api/v1/cells/{cell}/history, '/api/v1/cells/A01/history?from=0256-01-01T00:00:00Z', 400",
        "/api/v1/cells/{cell}/export, /api/v1/cells/A01/export?format=xls, 400",
        "/api/v1/cells/{cell}/export, /api/v1/cells/A01/export?format=parquet, 503",
        "/api/v1/registry, /api/v1/registry, 200",
        "/api/v1/traces, '/api/v1/traces?cells=A01,B01', 200",
        "/api/v1/traces, /api/v1/traces, 400",
        "/api/v1/stream, /api/v1/stream?max_rate_hz=x, 400",
        "/api/v1/ws, /api/v1/ws, 426",
        "/health/live, /health/live, 200",
        "/health/ready, /health/ready, 200",
        "/openapi.json, /openapi.json, 200",
        "/asyncapi.json, /asyncapi.json, 200",
    })
    void anAnswerFitsItsSchema(String path, String request, int status) {
        HttpResponse<String> response = api.get(request);
        assertThat(response.statusCode()).isEqualTo(status);
        JsonObject content = document.getJsonObject("paths")
                .getJsonObject(path)
                .getJsonObject("get")
                .getJsonObject("responses")
                .getJsonObject(Integer.toString(status))
                .getJsonObject("content");
        String type = response.headers().firstValue("Content-Type").orElseThrow();
        assertThat(content.fieldNames()).contains(type);
        assertFits(content.getJsonObject(type).getJsonObject("schema"), new JsonObject(response.body()));
    }

    @Test
    void everyDescribedAddressAnswers() {
        Set<String> described = document.getJsonObject("paths").fieldNames();
        for (String path : described) {
            // with a method that none of them allows: 405 is said only where there is something
            HttpRequest request = HttpRequest.newBuilder(api.uri(path.replace("{cell}", "A01")
                            .replace("{alert}", "0f")
                            .replace("{design}", "pouch-of-a-test")))
                    .method("PROPFIND", BodyPublishers.noBody())
                    .build();
            assertThat(api.send(request).statusCode()).as(path).isEqualTo(405);
        }
    }

    @Test
    void everyAddressIsDescribed() {
        assertThat(api.get("/metrics").statusCode()).isEqualTo(200);
        Set<String> served = new TreeSet<>(api.paths());
        assertThat(served)
                .isEqualTo(new TreeSet<>(document.getJsonObject("paths").fieldNames()));
    }

    @Test
    void theEventsOfAStreamFitTheirSchemas() {
        try (EventStream stream = api.stream("/api/v1/cells/A01/stream", "Last-Event-ID", "run-0:1")) {
            assertFits(component("Reset"), stream.next().data());
            stream.states(41).forEach(event -> assertFits(component("TwinState"), event.data()));
            Contact contact = new Contact(System.currentTimeMillis() * 1000, "run-1", Optional.empty(), true);
            api.store(store -> store.contacts(Map.of("A01", contact)));
            EventStream.Event reading = stream.next();
            assertThat(reading.name()).isEqualTo("live");
            assertFits(component("LiveReading"), reading.data());
            assertFits(component("Heartbeat"), stream.nextOfAny().data());
        }
        try (EventStream stream = api.stream("/api/v1/cells/A01/stream?max_rate_hz=2")) {
            stream.states(1);
            api.feed("A01", "run-1", 42, 50);
            EventStream.Event conflated = stream.next();
            assertThat(conflated.name()).isEqualTo("conflated");
            assertFits(component("Conflated"), conflated.data());
        }
    }

    @Test
    void aWrongAnswerWouldBeNoticed() {
        JsonObject cell = api.json("/api/v1/cells/A01");
        cell.getJsonObject("latest").put("voltage_measured_v", "3.9");
        assertThat(fits(component("CellDetail"), cell)).isFalse();
        cell.getJsonObject("latest").remove("voltage_measured_v");
        assertThat(fits(component("CellDetail"), cell)).isFalse();
    }

    private static JsonObject component(String name) {
        return new JsonObject().put("$ref", "#/components/schemas/" + name);
    }

    private static void assertFits(JsonObject schema, JsonObject value) {
        assertFits(document, schema, value);
    }

    /** A value fits a schema of a served document. */
    static void assertFits(JsonObject document, JsonObject schema, JsonObject value) {
        OutputUnit result = validate(document, schema, value);
        assertThat(result.getValid())
                .as(() -> result.getErrors() + "\n" + value.encodePrettily())
                .isTrue();
    }

    private static boolean fits(JsonObject schema, JsonObject value) {
        return validate(document, schema, value).getValid();
    }

    private static OutputUnit validate(JsonObject document, JsonObject schema, JsonObject value) {
        JsonObject whole = schema.copy().put("components", document.getJsonObject("components"));
        JsonSchemaOptions options = new JsonSchemaOptions()
                .setBaseUri("https://pouchtwin.invalid/")
                .setDraft(Draft.DRAFT202012)
                .setOutputFormat(OutputFormat.Basic);
        return Validator.create(JsonSchema.of(whole), options).validate(value);
    }
}
