package io.pouchtwin.api;

import com.google.protobuf.Descriptors.Descriptor;
import io.pouchtwin.contracts.RecordHeader;
import io.pouchtwin.contracts.Topic;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The AsyncAPI 3.0 document: the streams of this server and the topics in Kafka. Made from the topics, their messages and the schemas of the OpenAPI
 * document, so that it cannot say anything else than they do.
 */
final class AsyncApiDocument {
    private static final String PROTOBUF = "application/vnd.google.protobuf;version=3";

    /** Events of the streams, by name, with the schema of their data. */
    private static final Map<String, String> EVENTS = new LinkedHashMap<>();

    static {
        EVENTS.put("state", "TwinState");
        EVENTS.put("conflated", "Conflated");
        EVENTS.put("reset", "Reset");
        EVENTS.put("alert", "Alert");
        EVENTS.put("outlook", "OutlookEvent");
        EVENTS.put("live", "LiveReading");
        EVENTS.put("heartbeat", "Heartbeat");
    }

    /** What a client says on a WebSocket, by name, with its schema. */
    private static final Map<String, String> SAID_BY_CLIENTS =
            Map.of("subscribe", "Subscribe", "unsubscribe", "Unsubscribe", "ping", "Ping");

    private final JsonObject channels = new JsonObject();
    private final JsonObject operations = new JsonObject();
    private final JsonObject messages = new JsonObject();
    private final JsonObject schemas = new JsonObject();

    private AsyncApiDocument() {}

    /**
     * Makes the document.
     *
     * @param openApi the OpenAPI document, whose schemas the streams share
     */
    static JsonObject of(JsonObject openApi) {
        return new AsyncApiDocument().make(openApi);
    }

    private JsonObject make(JsonObject openApi) {
        schemas.mergeIn(openApi.getJsonObject("components").getJsonObject("schemas"));
        EVENTS.forEach((event, schema) -> {
            message(event, event, ref("schemas", schema));
            message(socketName(event), event, onSocket(event, schema));
        });
        SAID_BY_CLIENTS.forEach((name, schema) -> message(name, name, ref("schemas", schema)));
        stream("all-cells", "/api/v1/stream", "The events of all cells, or of some, as server-sent events");
        stream("one-cell", "/api/v1/cells/{cell}/stream", "The events of one cell as server-sent events");
        channels.getJsonObject("one-cell")
                .put(
                        "parameters",
                        new JsonObject().put("cell", new JsonObject().put("description", "the cell's name")));
        socket();
        for (Topic topic : Topic.values()) {
            topic(topic);
        }
        return new JsonObject()
                .put("asyncapi", "3.0.0")
                .put("info", openApi.getJsonObject("info").copy().put("title", "pouchtwin streams and topics"))
                .put("defaultContentType", "application/json")
                .put("servers", servers())
                .put("channels", channels)
                .put("operations", operations)
                .put("components", new JsonObject().put("messages", messages).put("schemas", schemas));
    }

    private static JsonObject servers() {
        return new JsonObject()
                .put(
                        "api",
                        new JsonObject()
                                .put("host", "127.0.0.1:8080")
                                .put("protocol", "http")
                                .put("description", "This server, where it listens by default"))
                .put(
                        "kafka",
                        new JsonObject()
                                .put("host", "127.0.0.1:9092")
                                .put("protocol", "kafka")
                                .put("description", "The demo's Kafka; in a lab, its own. Readers use read_committed"));
    }

    private void stream(String name, String address, String description) {
        JsonObject carried = new JsonObject();
        EVENTS.keySet().forEach(event -> carried.put(event, ref("messages", event)));
        channel(name, address, "api", description, carried);
    }

    private void socket() {
        JsonObject carried = new JsonObject();
        EVENTS.keySet().forEach(event -> carried.put(event, ref("messages", socketName(event))));
        SAID_BY_CLIENTS.keySet().forEach(name -> carried.put(name, ref("messages", name)));
        channel(
                "websocket",
                "/api/v1/ws",
                "api",
                "The same events on a WebSocket, subscribed to by JSON messages",
                carried);
        operations.getJsonObject("receive-websocket").put("messages", ofChannel("websocket", EVENTS.keySet()));
        operations.put(
                "send-websocket",
                new JsonObject()
                        .put("action", "receive")
                        .put("channel", new JsonObject().put("$ref", "#/channels/websocket"))
                        .put("messages", ofChannel("websocket", SAID_BY_CLIENTS.keySet())));
    }

    private static JsonArray ofChannel(String channel, Set<String> names) {
        JsonArray messages = new JsonArray();
        for (String name : names) {
            messages.add(new JsonObject().put("$ref", "#/channels/" + channel + "/messages/" + name));
        }
        return messages;
    }

    private static String socketName(String event) {
        return "websocket-" + event;
    }

    /** On a WebSocket each message says what it is; states and alerts stand under that name, of states perhaps some fields alone. */
    private static JsonObject onSocket(String event, String schema) {
        JsonObject named = new JsonObject()
                .put("type", "object")
                .put("properties", new JsonObject().put("type", new JsonObject().put("const", event)))
                .put("required", new JsonArray().add("type"));
        if (event.equals("state") || event.equals("alert")) {
            String within = event.equals("state") ? "SomeOfTwinState" : schema;
            named.getJsonObject("properties").put(event, ref("schemas", within));
            named.getJsonArray("required").add(event);
            return named;
        }
        return new JsonObject()
                .put("allOf", new JsonArray().add(ref("schemas", schema)).add(named));
    }

    private void message(String key, String name, JsonObject payload) {
        messages.put(
                key,
                new JsonObject()
                        .put("name", name)
                        .put("contentType", "application/json")
                        .put("payload", payload));
    }

    private void topic(Topic topic) {
        String message = topic.value().getName();
        String file = topic.value().getFile().getName();
        schemas.put(
                file,
                new JsonObject()
                        .put("schemaFormat", PROTOBUF)
                        .put("schema", new JsonObject().put("$ref", protoPath(file))));
        messages.put(message, kafkaMessage(topic.value(), file));
        channel(
                topic.topicName(),
                topic.topicName(),
                "kafka",
                topic.purpose() + ". Key: " + topic.key() + (topic.compacted() ? ". Compacted" : ""),
                new JsonObject().put(message, ref("messages", message)));
    }

    private static JsonObject kafkaMessage(Descriptor value, String file) {
        JsonObject received = new JsonObject()
                .put("type", "string")
                .put("description", "when the gateway had it: microseconds since 1970, eight bytes, big endian");
        return new JsonObject()
                .put("name", value.getFullName())
                .put("contentType", "application/x-protobuf")
                .put(
                        "headers",
                        new JsonObject()
                                .put("type", "object")
                                .put("properties", new JsonObject().put(RecordHeader.RECEIVED_UNIX_US, received)))
                .put("payload", ref("schemas", file));
    }

    private void channel(String name, String address, String server, String description, JsonObject carried) {
        channels.put(
                name,
                new JsonObject()
                        .put("address", address)
                        .put("description", description)
                        .put("servers", new JsonArray().add(new JsonObject().put("$ref", "#/servers/" + server)))
                        .put("messages", carried));
        operations.put(
                "receive-" + name,
                new JsonObject()
                        .put("action", "send")
                        .put("channel", new JsonObject().put("$ref", "#/channels/" + name)));
    }

    /** Where a .proto file is served. */
    static String protoPath(String file) {
        return "/proto/" + file;
    }

    private static JsonObject ref(String kind, String name) {
        return new JsonObject().put("$ref", "#/components/" + kind + "/" + name.replace("/", "~1"));
    }
}
