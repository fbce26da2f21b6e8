package io.pouchtwin.api.security;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The public keys of an OpenID provider (JWKS, RFC 7517), from a file or its address. */
final class ProviderKeys {
    private static final int MOST_BYTES = 256 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int OK = 200;

    private final TokensConfig config;
    private final Vertx vertx;
    private @Nullable HttpClient client;

    ProviderKeys(TokensConfig config, Vertx vertx) {
        this.config = config;
        this.vertx = vertx;
    }

    Future<JsonObject> read() {
        Future<Buffer> bytes =
                config.remoteKeys() ? fetched() : vertx.fileSystem().readFile(config.keys());
        return bytes.map(Buffer::toJsonObject);
    }

    private Future<Buffer> fetched() {
        HttpClient present = client;
        if (present == null) {
            present = vertx.createHttpClient(new HttpClientOptions().setConnectTimeout((int) PATIENCE.toMillis()));
            client = present;
        }
        return present.request(new RequestOptions()
                        .setMethod(HttpMethod.GET)
                        .setAbsoluteURI(config.keys())
                        .setTimeout(PATIENCE.toMillis())
                        // a redirect could lead from https to http
                        .setFollowRedirects(false))
                .compose(request -> request.send().compose(ProviderKeys::body));
    }

    private static Future<Buffer> body(HttpClientResponse response) {
        if (response.statusCode() != OK) {
            return Future.failedFuture("it answers " + response.statusCode());
        }
        Buffer body = Buffer.buffer();
        response.handler(piece -> {
            if (body.length() + piece.length() > MOST_BYTES) {
                response.request().reset();
            } else {
                body.appendBuffer(piece);
            }
        });
        return response.end().map(v -> body);
    }
}
