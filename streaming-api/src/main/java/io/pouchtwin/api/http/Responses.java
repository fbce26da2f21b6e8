package io.pouchtwin.api.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How answers are written. */
public final class Responses {
    private static final int TAG_BYTES = 8;

    private Responses() {}

    /** JSON of this moment: nobody may keep it. */
    public static void json(RoutingContext context, Buffer json) {
        context.response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(json);
    }

    /** JSON that stays the same until something happens: a client may keep it, and is told by 304 that it is still right. */
    public static void unlessKnown(RoutingContext context, Buffer json) {
        tagged(context, "application/json", tag(json.getBytes()), json);
    }

    /** What names a content: the same after a restart and on another server, another as soon as one byte is. */
    public static String tag(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest, 0, TAG_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** JSON that stays the same, but for the time of day in it, as long as its tag does. */
    public static void unlessChanged(RoutingContext context, String tag, Buffer json) {
        answer(context, "application/json", "W/", tag, json);
    }

    /** The part of a tag that tells one page of a list from the others. */
    public static String queryTag(RoutingContext context) {
        return tag(Optional.ofNullable(context.request().query()).orElse("").getBytes(StandardCharsets.UTF_8));
    }

    /** Something that a client may keep as long as it asks each time whether it is still the same. */
    public static void tagged(RoutingContext context, String type, String tag, Buffer body) {
        answer(context, type, "", tag, body);
    }

    private static void answer(RoutingContext context, String type, String strength, String tag, Buffer body) {
        String quoted = "\"" + tag + "\"";
        context.response().putHeader("ETag", strength + quoted).putHeader("Cache-Control", "no-cache");
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
