package io.pouchtwin.app.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A program that follows all cells over a WebSocket. */
final class SocketReader implements WebSocket.Listener, AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<JsonNode> messages = new CopyOnWriteArrayList<>();
    private final StringBuilder message = new StringBuilder();
    private final WebSocket socket;

    SocketReader(String url) {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(url.replace("http:", "ws:") + "/api/v1/ws"), this)
                .join();
        socket.sendText("{\"type\":\"subscribe\",\"cells\":\"all\"}", true).join();
    }

    /** The states of one cell, in the order in which they came. */
    List<JsonNode> statesOf(String cell) {
        return within("state", cell);
    }

    /** The messages of a type and of one cell, in the order in which they came. */
    List<JsonNode> messages(String type, String cell) {
        return messages.stream()
                .filter(message -> message.path("type").asText().equals(type))
                .filter(message -> message.path("cell").asText().equals(cell))
                .toList();
    }

    /** What stood under the messages' own type, of one cell: states and alerts. */
    List<JsonNode> within(String type, String cell) {
        return messages.stream()
                .filter(message -> message.path("type").asText().equals(type))
                .map(message -> message.path(type))
                .filter(one -> one.path("cell").asText().equals(cell))
                .toList();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        message.append(part);
        if (last) {
            try {
                messages.add(JSON.readTree(message.toString()));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            message.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
