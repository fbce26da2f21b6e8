package io.pouchtwin.api.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The address of a list's next page: the same question, with the place at which this page ended. */
final class NextPage {
    private static final String LIMIT = "limit";

    private NextPage() {}

    /**
     * Writes the field {@code next}.
     *
     * @param parameter that names the place
     * @param place what it names; empty where no page follows
     */
    static void write(JsonGenerator json, RoutingContext context, int limit, String parameter, Optional<String> place)
            throws IOException {
        if (place.isEmpty()) {
            json.writeNullField("next");
            return;
        }
        StringBuilder next = new StringBuilder(context.request().path()).append('?');
        context.queryParams().forEach((name, value) -> {
            if (!name.equals(parameter) && !name.equals(LIMIT)) {
                next.append(name).append('=').append(encode(value)).append('&');
            }
        });
        next.append(LIMIT).append('=').append(limit);
        next.append('&').append(parameter).append('=').append(encode(place.get()));
        json.writeStringField("next", next.toString());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
