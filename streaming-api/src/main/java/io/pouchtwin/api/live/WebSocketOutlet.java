package io.pouchtwin.api.live;

import io.pouchtwin.api.json.AlertJson;
import io.pouchtwin.api.json.Json;
import io.pouchtwin.api.json.OutlookJson;
import io.pouchtwin.api.json.StateFields;
import io.pouchtwin.api.store.AlertLine;
import io.pouchtwin.contracts.v1.Forecast;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;

/** JSON messages on a WebSocket: {@code {"type":"state","id":...,"state":{...}}} and so on. */
final class WebSocketOutlet implements Outlet {
    private static final short GOING_AWAY = 1001;
    /** Unsent bytes after which a reader counts as slow. */
    private static final int WRITE_QUEUE_BYTES = 256 * 1024;

    private final ServerWebSocket socket;

    WebSocketOutlet(ServerWebSocket socket) {
        this.socket = socket;
        socket.setWriteQueueMaxSize(WRITE_QUEUE_BYTES);
    }

    @Override
    public boolean full() {
        // a closed socket refuses the question
        return socket.isClosed() || socket.writeQueueFull();
    }

    @Override
    public void state(LiveEvent event, StateFields fields, String resumeId) {
        Buffer message = Buffer.buffer()
                .appendString("{\"type\":\"state\",\"state\":")
                .appendBuffer(event.json(fields))
                .appendString("}");
        send(message);
    }

    @Override
    public void conflated(Conflated conflated) {
        message("conflated", conflated::writeFields);
    }

    @Override
    public void reading(LiveReading reading) {
        message("live", reading::writeFields);
    }

    @Override
    public void alert(AlertLine line) {
        message("alert", json -> {
            json.writeObjectFieldStart("alert");
            AlertJson.writeFields(json, line);
            json.writeEndObject();
        });
    }

    @Override
    public void outlook(Forecast forecast) {
        message("outlook", json -> OutlookJson.writeEvent(json, forecast));
    }

    @Override
    public void reset(Reset reset) {
        message("reset", reset::writeFields);
    }

    @Override
    public void heartbeat(long nowUnixUs) {
        message("heartbeat", json -> Json.writeTime(json, "time", nowUnixUs));
    }

    void message(String type, Json.Fields fields) {
        send(Json.object(json -> {
            json.writeStringField("type", type);
            fields.write(json);
        }));
    }

    void error(String code, String detail) {
        message("error", json -> {
            json.writeStringField("code", code);
            json.writeStringField("detail", detail);
        });
    }

    private void send(Buffer message) {
        if (!socket.isClosed()) {
            socket.writeTextMessage(message.toString(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void flush() {
        // each message goes out as it is written
    }

    @Override
    public void end() {
        if (!socket.isClosed()) {
            socket.close(GOING_AWAY, "the server stops");
        }
    }
}
