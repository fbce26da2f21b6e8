package io.pouchtwin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A reader of server-sent events that parses them as the standard says. */
final class EventStream implements AutoCloseable {
    private final InputStream body;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    /** One event; the id is the last one given on the stream. */
    record Event(String name, String id, JsonObject data) {}

    private EventStream(InputStream body) {
        this.body = body;
        Thread reader = new Thread(this::read, "event-stream-reader");
        reader.setDaemon(true);
        reader.start();
    }

    static EventStream open(HttpClient http, URI uri, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", "text/event-stream");
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        HttpResponse<InputStream> response =
                ApiFixture.await(http.sendAsync(request.build(), BodyHandlers.ofInputStream()));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream; charset=utf-8");
        return new EventStream(response.body());
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            String name = "message";
            String id = "";
            StringBuilder data = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    if (data.length() > 0) {
                        events.add(new Event(name, id, new JsonObject(data.toString())));
                    }
                    name = "message";
                    data.setLength(0);
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("data: ")) {
                    data.append(line.substring(6));
                }
            }
            events.add(new Event("end-of-stream", id, new JsonObject()));
        } catch (IOException e) {
            events.add(new Event("broken", "", new JsonObject().put("why", e.toString())));
        }
    }

    /** The next event that is not a heartbeat. */
    Event next() {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        Event event = nextOfAny();
        while (event.name().equals("heartbeat")) {
            assertThat(System.nanoTime()).as("only heartbeats came").isLessThan(deadlineNs);
            event = nextOfAny();
        }
        return event;
    }

    Event nextOfAny() {
        try {
            Event event = events.poll(15, TimeUnit.SECONDS);
            assertThat(event).as("no event came").isNotNull();
            return event;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The next so many states; anything else between them fails. */
    List<Event> states(int count) {
        List<Event> states = new ArrayList<>();
        while (states.size() < count) {
            Event event = next();
            assertThat(event.name()).as(event.data().encode()).isEqualTo("state");
            states.add(event);
        }
        return states;
    }

    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
