package io.pouchtwin.app.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A subscriber as any program would write one: plain HTTP, lines of server-sent events. */
final class StreamReader implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<JsonNode> states = new CopyOnWriteArrayList<>();
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
        } else if (line.startsWith("data: ") && event.equals("state")) {
            try {
                states.add(JSON.readTree(line.substring("data: ".length())));
            } catch (IOException e) {
                otherEvents.add("unreadable " + line);
            }
        } else if (line.startsWith("data: ") && !event.equals("heartbeat") && !event.equals("live")) {
            otherEvents.add(event);
        }
    }

    /** The states of one cell, in the order in which they came. */
    List<JsonNode> statesOf(String cell) {
        return states.stream().filter(s -> s.path("cell").asText().equals(cell)).toList();
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
