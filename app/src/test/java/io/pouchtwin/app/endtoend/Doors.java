package io.pouchtwin.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pouchtwin.history.Database;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The doors of a whole system at which one asks: addresses, files to take away, and the database behind them. */
final class Doors {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final WholeSystem whole;
    private final Path parquetFiles;

    /** The database keeps its data in a folder {@code history} of the directory; its own reader of Parquet looks into one beneath. */
    Doors(WholeSystem whole, Path directory) throws IOException {
        this.whole = whole;
        this.parquetFiles = Files.createDirectories(directory.resolve("history").resolve("import"));
    }

    JsonNode json(String path) throws IOException, InterruptedException {
        return JSON.readTree(text(path));
    }

    String text(String path) throws IOException, InterruptedException {
        return answer(path, HttpRequest.newBuilder(URI.create(whole.url() + path)));
    }

    JsonNode post(String path, String body) throws IOException, InterruptedException {
        return JSON.readTree(answer(
                path,
                HttpRequest.newBuilder(URI.create(whole.url() + path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))));
    }

    private String answer(String path, HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = http.send(request.build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
        return answer.body();
    }

    void save(String path, Path file) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(whole.url() + path)).build();
        assertThat(http.send(request, BodyHandlers.ofFile(file)).statusCode())
                .as(path)
                .isEqualTo(200);
    }

    Database database() {
        return new Database(whole.history.orElseThrow().address());
    }

    /** The rows of a cell that the API gives away as a Parquet file, each by its columns; what is null is not in it. */
    List<Map<String, Object>> parquet(String cell, String content) throws IOException, InterruptedException {
        String name = cell + "-" + content + ".parquet";
        save("/api/v1/cells/" + cell + "/export?format=parquet&content=" + content, parquetFiles.resolve(name));
        return rows("SELECT * FROM read_parquet('" + name + "')");
    }

    /** The rows that the database answers, each by its columns; what is null is not in it. */
    List<Map<String, Object>> rows(String sql) throws IOException {
        JsonNode answer = database().execute(sql);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (JsonNode row : answer.path("dataset")) {
            Map<String, Object> values = new TreeMap<>();
            for (int i = 0; i < row.size(); i++) {
                JsonNode value = row.get(i);
                if (!value.isNull()) {
                    String column = answer.path("columns").path(i).path("name").asText();
                    values.put(column, value.isNumber() ? (Object) value.asDouble() : value.asText());
                }
            }
            rows.add(values);
        }
        return rows;
    }
}
