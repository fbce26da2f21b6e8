package io.pouchtwin.app.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A subscriber as any program would write one: plain HTTP, lines of server-sent events. */
final class StreamReader implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> USUAL = Set.of("state", "heartbeat", "live");

    private final Map<String, List<JsonNode>> events = new ConcurrentHashMap<>();
    private final List<String> otherEvents = new CopyOnWriteArrayList<>();
    private final CompletableFuture<HttpResponse<Stream<String>>> response;
    private volatile String event = "";

    StreamReader(String url) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Accept", "text/event-stream")
                .build();
        response = HttpClient.newHttpClient().sendAsync(request, HttpResponse.BodyHandlers.ofLines());
        Thread reading = new Thread(() -> response.join().body().forEach(this::line), "sse-reader");
        reading.setDaemon(true);
        reading.setUncaughtExceptionHandler((thread, closed) -> {});
        reading.start();
    }

    private void line(String line) {
        if (line.startsWith("event: ")) {
            event = line.substring("event: ".length());
        } else if (line.startsWith("data: ")) {
            try {
                JsonNode data = JSON.readTree(line.substring("data: ".length()));
                events.computeIfAbsent(event, name -> new CopyOnWriteArrayList<>())
                        .add(data);
            } catch (IOException e) {
                otherEvents.add("unreadable " + line);
            }
            if (!USUAL.contains(event)) {
                otherEvents.add(event);
            }
        }
    }

    /** The events of a name and of one cell, in the order in which they came. */
    List<JsonNode> events(String name, String cell) {
        return events.getOrDefault(name, List.of()).stream()
                .filter(event -> event.path("cell").asText().equals(cell))
                .toList();
    }

    /** The states of one cell, in the order in which they came. */
    List<JsonNode> statesOf(String cell) {
        return events("state", cell);
    }

    /** Events other than states, heartbeats and live readings: each would mean that something was left out. */
    List<String> otherEvents() {
        return otherEvents;
    }

    @Override
    public void close() {
        response.cancel(true);
        if (response.isDone() && !response.isCompletedExceptionally()) {
            response.join().body().close();
        }
    }
}
