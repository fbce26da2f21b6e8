package io.pouchtwin.api.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How answers are written. */
public final class Responses {
    private Responses() {}

    /** JSON of this moment: nobody may keep it. */
    public static void json(RoutingContext context, Buffer json) {
        context.response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(json);
    }

    /** Something that a client may keep as long as it asks each time whether it is still the same. */
    public static void tagged(RoutingContext context, String type, String tag, Buffer body) {
        String quoted = "\"" + tag + "\"";
        context.response().putHeader("ETag", quoted).putHeader("Cache-Control", "no-cache");
        if (matches(context.request().getHeader("If-None-Match"), quoted)) {
            context.response().setStatusCode(304).end();
        } else {
            context.response().putHeader("Content-Type", type).end(body);
        }
    }

    private static boolean matches(@Nullable String ifNoneMatch, String quoted) {
        return ifNoneMatch != null
                && Arrays.stream(ifNoneMatch.split(",", -1))
                        .map(String::strip)
                        .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                        .anyMatch(tag -> tag.equals(quoted) || tag.equals("*"));
    }
}
