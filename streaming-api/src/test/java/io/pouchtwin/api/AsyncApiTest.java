package io.pouchtwin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.pouchtwin.contracts.Topic;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The document of streams and topics names what there is, and what it refers to is there. */
class AsyncApiTest {
    private static ApiFixture api;
    private static JsonObject document;

    @BeforeAll
    static void start() {
        api = new ApiFixture();
        document = api.json("/asyncapi.json");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void everyTopicAndEveryStreamIsDescribed() {
        JsonObject channels = document.getJsonObject("channels");
        for (Topic topic : Topic.values()) {
            assertThat(channels.getJsonObject(topic.topicName()).getString("address"))
                    .isEqualTo(topic.topicName());
        }
        List<String> streams = channels.stream()
                .map(entry -> ((JsonObject) entry.getValue()).getString("address"))
                .filter(address -> address.startsWith("/"))
                .toList();
        assertThat(streams)
                .containsExactlyInAnyOrder("/api/v1/stream", "/api/v1/cells/{cell}/stream", "/api/v1/ws")
                .isSubsetOf(api.json("/openapi.json").getJsonObject("paths").fieldNames());
    }

    @Test
    void whatIsReferredToIsThere() {
        List<String> references = new ArrayList<>();
        collect(document, references);
        assertThat(references).hasSizeGreaterThan(2 * Topic.values().length);
        for (String reference : references) {
            if (reference.startsWith("#")) {
                assertThat(at(reference)).as(reference).isNotNull();
            } else {
                assertThat(api.get(reference).body()).as(reference).contains("package pouchtwin.v1;");
            }
        }
    }

    @Test
    void theProtoFilesAreWholeWithWhatTheyImport() {
        String cell = api.get("/proto/pouchtwin/v1/cell.proto").body();
        assertThat(cell).contains("message TwinState {").contains("import \"pouchtwin/v1/telemetry.proto\"");
        assertThat(api.get("/proto/pouchtwin/v1/telemetry.proto").body()).contains("message CleanBatch {");
    }

    private static Object at(String reference) {
        Object place = document;
        for (String step : reference.substring(2).split("/", -1)) {
            place = ((JsonObject) place).getValue(step.replace("~1", "/"));
        }
        return place;
    }

    private static void collect(Object node, List<String> references) {
        if (node instanceof JsonObject object) {
            object.forEach(entry -> {
                if (entry.getKey().equals("$ref")) {
                    references.add((String) entry.getValue());
                } else {
                    collect(object.getValue(entry.getKey()), references);
                }
            });
        } else if (node instanceof JsonArray array) {
            array.stream().forEach(element -> collect(element, references));
        }
    }
}
