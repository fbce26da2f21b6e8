package io.pouchtwin.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Sends statements to a QuestDB over HTTP and waits for the answer. May be used by any thread that may wait. */
public final class Database {
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(5);
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(60);
    private static final int OK = 200;

    private final DatabaseAddress address;
    private final ObjectMapper mapper = new ObjectMapper();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_PATIENCE)
            .build();

    /** Connects when it is needed. */
    public Database(DatabaseAddress address) {
        this.address = address;
    }

    /** Where it is. */
    public DatabaseAddress address() {
        return address;
    }

    /**
     * Executes one statement.
     *
     * @return the answer: for a query {@code columns} and {@code dataset}
     * @throws IOException when the database is away
     * @throws StatementException when it refuses the statement
     */
    public JsonNode execute(String sql) throws IOException {
        HttpResponse<String> response = send(request("/exec?query=", sql), BodyHandlers.ofString());
        if (response.statusCode() != OK) {
            throw new StatementException(sql, response.statusCode(), response.body());
        }
        return mapper.readTree(response.body());
    }

    /**
     * Asks for rows as a file.
     *
     * @param format csv or parquet
     * @return the file, read from the database as it is read from here
     * @throws IOException as {@link #execute}
     */
    public InputStream export(String sql, String format) throws IOException {
        HttpResponse<InputStream> response =
                send(request("/exp?fmt=" + format + "&query=", sql), BodyHandlers.ofInputStream());
        if (response.statusCode() != OK) {
            try (InputStream body = response.body()) {
                throw new StatementException(
                        sql, response.statusCode(), new String(body.readNBytes(1_000), StandardCharsets.UTF_8));
            }
        }
        return response.body();
    }

    private HttpRequest request(String path, String sql) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(address.url() + path + URLEncoder.encode(sql, StandardCharsets.UTF_8)))
                .timeout(ANSWER_PATIENCE);
        if (!address.authorization().isEmpty()) {
            request.header("Authorization", address.authorization());
        }
        return request.build();
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body) throws IOException {
        try {
            return http.send(request, body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted while the database answered");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    /** The database understood the request and refused it. */
    public static final class StatementException extends IOException {
        private static final long serialVersionUID = 1L;
        private static final int SHOWN = 300;

        StatementException(String sql, int status, String answer) {
            super("the database refused (" + status + ") " + shortened(sql) + ": " + shortened(answer));
        }

        private static String shortened(String text) {
            return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
        }
    }
}
