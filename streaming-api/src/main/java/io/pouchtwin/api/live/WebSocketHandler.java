package io.pouchtwin.api.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pouchtwin.api.http.Parameters;
import io.pouchtwin.api.http.Problem;
import io.pouchtwin.api.http.StreamQuota;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.RoutingContext;

/** {@code GET /api/v1/ws}: one WebSocket, any number of cells, subscribed to and left by JSON messages. */
public final class WebSocketHandler {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Subscribers subscribers;
    private final StreamQuota quota;

    /** Serves these subscribers' store, so many WebSockets of each caller. */
    public WebSocketHandler(Subscribers subscribers, StreamQuota quota) {
        this.quota = quota;
        this.subscribers = subscribers;
    }

    /** Opens the WebSocket, or says what is wrong with the request. */
    public void open(RoutingContext context) {
        Parameters.of(context);
        if (!"websocket".equalsIgnoreCase(context.request().getHeader("Upgrade"))) {
            if (context.request().version() != HttpVersion.HTTP_2) {
                // HTTP/2 forbids the header (RFC 9113, 8.2.2), and clients break the connection over it
                context.response().putHeader("Upgrade", "websocket");
            }
            throw new Problem(
                    426,
                    "websocket-expected",
                    "This address speaks WebSocket",
                    "Connect with a WebSocket client; /api/v1/stream has the same events for plain HTTP");
        }
        if (!subscribers.hasRoom()) {
            context.response().putHeader("Retry-After", "5");
            throw new Problem(
                    503,
                    "too-many-subscribers",
                    "Too many streams are open",
                    "No more streams can be opened now; close one, or raise max-subscribers");
        }
        Runnable ended = quota.take(context);
        context.request()
                .toWebSocket()
                .onSuccess(socket -> serve(socket, ended))
                .onFailure(failure -> {
                    ended.run();
                    context.fail(failure);
                });
    }

    private void serve(ServerWebSocket socket, Runnable ended) {
        WebSocketOutlet outlet = new WebSocketOutlet(socket);
        Subscription subscription = subscribers.open(outlet, Subscription.Ids.EVENT);
        Conversation conversation = new Conversation(subscribers, subscription, outlet);
        socket.closeHandler(v -> {
            ended.run();
            subscribers.close(subscription);
        });
        socket.exceptionHandler(e -> subscribers.close(subscription));
        socket.drainHandler(v -> subscription.pump());
        socket.binaryMessageHandler(
                b -> outlet.error("bad-message", "Binary messages are not understood, send JSON as text"));
        socket.textMessageHandler(text -> {
            if (outlet.full()) {
                // a client that asks and does not read the answers gets no more of them; its states are conflated as
                // for any slow reader
                return;
            }
            try {
                JsonNode message = MAPPER.readTree(text);
                conversation.onMessage(message);
            } catch (JsonProcessingException e) {
                outlet.error("bad-message", "The message is not valid JSON: " + e.getOriginalMessage());
            } catch (Problem e) {
                outlet.error(e.code(), e.detail());
            }
        });
        outlet.message("welcome", json -> json.writeStringField("see", "/openapi.json"));
    }
}
