package io.pouchtwin.api.live;

import com.fasterxml.jackson.databind.JsonNode;
import io.pouchtwin.api.http.Problem;
import io.pouchtwin.api.json.StateFields;
import io.pouchtwin.api.store.CellLine;
import io.pouchtwin.api.store.StateStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a client may say on a WebSocket, and what it is answered.
 *
 * <pre>
 * {"type":"subscribe","cells":["A01"],"quantities":["soc"],"max_rate_hz":2,"after":{"A01":"run-7:1234"}}
 * {"type":"subscribe","cells":"all"}
 * {"type":"unsubscribe","cells":["A01"]}
 * {"type":"ping"}
 * </pre>
 */
final class Conversation {
    private static final int MOST_CELLS = 10_000;
    private static final int MOST_QUANTITIES = 100;

    private final Subscribers subscribers;
    private final StateStore store;
    private final Subscription subscription;
    private final WebSocketOutlet outlet;

    Conversation(Subscribers subscribers, Subscription subscription, WebSocketOutlet outlet) {
        this.subscribers = subscribers;
        this.store = subscribers.store();
        this.subscription = subscription;
        this.outlet = outlet;
    }

    void onMessage(JsonNode message) {
        String type = message.path("type").asText("");
        switch (type) {
            case "subscribe" -> {
                allow(message, "cells", "quantities", "max_rate_hz", "after");
                subscribe(message);
            }
            case "unsubscribe" -> {
                allow(message, "cells");
                unsubscribe(message);
            }
            case "ping" -> {
                allow(message);
                outlet.message("pong", json -> {});
            }
            default -> throw bad("The message's type is \"" + type + "\", expected subscribe, unsubscribe or ping");
        }
    }

    /** A misspelt wish is said, not left out. */
    private static void allow(JsonNode message, String... beside) {
        for (Map.Entry<String, JsonNode> field : message.properties()) {
            if (!field.getKey().equals("type") && !List.of(beside).contains(field.getKey())) {
                throw bad("\"" + field.getKey() + "\" is not known here, expected " + String.join(", ", beside));
            }
        }
    }

    private void subscribe(JsonNode message) {
        Wish wish = new Wish(maxRateHz(message), fields(message));
        if (isAll(message)) {
            List.copyOf(subscription.followed()).forEach(cell -> subscribers.unfollow(subscription, cell));
            subscribers.followAll(subscription, wish);
            confirm("subscribed", List.of());
            subscription.snapshot(store.cells().values());
        } else {
            if (subscription.followsAll()) {
                throw new Problem(
                        409,
                        "follows-all",
                        "All cells are followed already",
                        "All cells are followed already; unsubscribe from \"all\" first to follow some");
            }
            List<CellLine> lines = new ArrayList<>();
            for (String cell : cells(message)) {
                lines.add(store.cell(cell).orElseThrow(() -> Problem.unknownCell(cell)));
            }
            Map<String, String> after = after(message);
            lines.forEach(line -> subscribers.follow(subscription, line.cell(), wish));
            confirm("subscribed", lines.stream().map(CellLine::cell).toList());
            for (CellLine line : lines) {
                Optional.ofNullable(after.get(line.cell()))
                        .ifPresentOrElse(
                                id -> Resume.cell(subscription, line, id), () -> subscription.snapshot(List.of(line)));
            }
        }
        subscription.pump();
    }

    private void unsubscribe(JsonNode message) {
        if (isAll(message)) {
            subscribers.unfollowAll(subscription);
            List.copyOf(subscription.followed()).forEach(cell -> subscribers.unfollow(subscription, cell));
            confirm("unsubscribed", List.of());
        } else {
            List<String> cells = cells(message);
            cells.forEach(cell -> subscribers.unfollow(subscription, cell));
            confirm("unsubscribed", cells);
        }
    }

    private void confirm(String type, List<String> cells) {
        outlet.message(type, json -> {
            if (cells.isEmpty()) {
                json.writeStringField("cells", "all");
                return;
            }
            json.writeArrayFieldStart("cells");
            for (String cell : cells) {
                json.writeString(cell);
            }
            json.writeEndArray();
        });
    }

    private static boolean isAll(JsonNode message) {
        return message.path("cells").asText("").equals("all");
    }

    private static List<String> cells(JsonNode message) {
        return names(message, "cells", "\"all\" or ", MOST_CELLS);
    }

    private static StateFields fields(JsonNode message) {
        if (message.path("quantities").isMissingNode()) {
            return StateFields.ALL;
        }
        try {
            return StateFields.of(names(message, "quantities", "", MOST_QUANTITIES));
        } catch (IllegalArgumentException e) {
            throw bad("\"quantities\" holds " + e.getMessage());
        }
    }

    private static List<String> names(JsonNode message, String field, String orElse, int most) {
        JsonNode given = message.path(field);
        if (!given.isArray() || given.isEmpty() || given.size() > most) {
            throw bad(
                    "\"" + field + "\" is " + given.getNodeType() + ", expected " + orElse + "1 to " + most + " names");
        }
        List<String> names = new ArrayList<>();
        for (JsonNode name : given) {
            if (!name.isTextual()) {
                throw bad("\"" + field + "\" holds " + name + ", expected names");
            }
            names.add(name.textValue());
        }
        return names.stream().distinct().toList();
    }

    private static double maxRateHz(JsonNode message) {
        JsonNode rate = message.path("max_rate_hz");
        if (rate.isMissingNode() || rate.isNull()) {
            return 0;
        }
        double hz = rate.isNumber() ? rate.doubleValue() : Double.NaN;
        if (!(hz >= SseHandlers.LEAST_RATE_HZ && hz <= SseHandlers.MOST_RATE_HZ)) {
            throw bad("\"max_rate_hz\" is " + rate + ", expected a number from " + SseHandlers.LEAST_RATE_HZ + " to "
                    + SseHandlers.MOST_RATE_HZ);
        }
        return hz;
    }

    private static Map<String, String> after(JsonNode message) {
        JsonNode after = message.path("after");
        if (!after.isMissingNode() && !after.isNull() && !after.isObject()) {
            throw bad("\"after\" is " + after.getNodeType() + ", expected an object of cell to event id");
        }
        Map<String, String> ids = new LinkedHashMap<>();
        after.properties()
                .forEach(field -> ids.put(field.getKey(), field.getValue().asText("")));
        return ids;
    }

    private static Problem bad(String detail) {
        return new Problem(400, "bad-message", "The message is not right", detail);
    }
}
