package io.pouchtwin.api.http;

import io.pouchtwin.api.json.HistoryJson;
import io.pouchtwin.history.Database;
import io.pouchtwin.history.DatabaseAddress;
import io.pouchtwin.history.read.Export;
import io.pouchtwin.history.read.Export.Content;
import io.pouchtwin.history.read.HistoryQuestion;
import io.pouchtwin.history.read.HistoryReader;
import io.pouchtwin.history.schema.Column;
import io.pouchtwin.history.schema.StateView;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The past of a cell, down-sampled or to take away. Asked of the database on threads of their own. */
public final class HistoryHandlers {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryHandlers.class);
    private static final int LEAST_POINTS = 3;
    private static final int MOST_POINTS = 5_000;
    private static final int DEFAULT_POINTS = 500;

    /** Most quantities of one question. */
    public static final int MOST_QUANTITIES = 20;

    private static final int MOST_NAMES_CHARACTERS = 2_000;
    private static final int MOST_VALUES = 30_000;
    private static final int THREADS = 4;
    private static final int MOST_EXPORTS = 2;
    private static final long REHEARSE_AGAIN_MS = 5_000;
    private static final String DEFAULT_QUANTITIES =
            "voltage_measured_v,voltage_predicted_v,voltage_predicted_v_sigma,current_a,soc";

    private static final Map<String, Column> QUANTITIES = StateView.quantities().stream()
            .collect(Collectors.toMap(Column::name, column -> column, (a, b) -> a, LinkedHashMap::new));

    private final Optional<Database> database;
    private final Vertx vertx;
    private final WorkerExecutor workers;
    private final AtomicBoolean rehearsalFailed = new AtomicBoolean();
    private final Semaphore exports = new Semaphore(MOST_EXPORTS);

    /** Asks a database; without one every answer is 503. */
    public HistoryHandlers(Optional<DatabaseAddress> address, Vertx vertx) {
        this.database = address.map(Database::new);
        this.vertx = vertx;
        this.workers = vertx.createSharedWorkerExecutor("history-reader", THREADS);
    }

    /** Rehearses its answers as soon as there is something to ask about, beside everything else; see {@link HistoryReader#rehearse}. */
    public void rehearse() {
        database.ifPresent(this::rehearse);
    }

    private void rehearse(Database asked) {
        workers.executeBlocking(() -> rehearsed(asked), false)
                .otherwise(failure -> {
                    // the first one is worth knowing of, those after it are the same again
                    LOG.atLevel(rehearsalFailed.getAndSet(true) ? Level.DEBUG : Level.INFO)
                            .log("the history cannot be rehearsed yet, tries again and again: {}", failure.toString());
                    return false;
                })
                .onSuccess(done -> {
                    if (!done) {
                        vertx.setTimer(REHEARSE_AGAIN_MS, id -> rehearse(asked));
                    }
                });
    }

    private static boolean rehearsed(Database asked) throws IOException {
        HistoryReader reader = new HistoryReader(asked);
        Optional<String> cell = reader.newestCell();
        if (cell.isEmpty()) {
            return false;
        }
        reader.rehearse(cell.get(), DEFAULT_POINTS, quantities(DEFAULT_QUANTITIES))
                .forEach(answer -> HistoryJson.of(cell.get(), answer));
        return true;
    }

    /** {@code GET /api/v1/cells/{cell}/history}. */
    public void history(RoutingContext context) {
        Parameters given = Parameters.of(context, "from", "to", "points", "quantities");
        List<Column> quantities =
                quantities(given.text("quantities", MOST_NAMES_CHARACTERS).orElse(DEFAULT_QUANTITIES));
        // the most that are wanted, so that fewer are a right answer too
        int points = Math.min(
                given.wholeNumber("points", LEAST_POINTS, MOST_POINTS).orElse(DEFAULT_POINTS),
                MOST_VALUES / quantities.size());
        HistoryQuestion question = new HistoryQuestion(
                context.pathParam("cell"), given.time("from"), given.time("to"), points, quantities);
        requireOrder(question.fromUnixUs(), question.toUnixUs());
        Database asked = database();
        workers.executeBlocking(() -> new HistoryReader(asked).answer(question), false)
                .onSuccess(answer -> {
                    if (answer.isPresent()) {
                        Responses.json(context, HistoryJson.of(question.cell(), answer.get()));
                    } else {
                        noHistory(question.cell()).answer(context);
                    }
                })
                .onFailure(failure -> away(failure).answer(context));
    }

    /** {@code GET /api/v1/cells/{cell}/export}. */
    public void export(RoutingContext context) {
        Parameters given = Parameters.of(context, "format", "content", "from", "to", "test_run");
        Format format = Format.of(given.text("format").orElse("bdf"));
        Content content = content(given.text("content").orElse("samples"));
        if (format == Format.BDF && content != Content.SAMPLES) {
            throw Problem.contradiction("content", content.word(), "samples with format bdf; parquet has the others");
        }
        Export asked = new Export(
                context.pathParam("cell"), content, given.time("from"), given.time("to"), given.text("test_run"));
        requireOrder(asked.fromUnixUs(), asked.toUnixUs());
        Database from = database();
        if (!exports.tryAcquire()) {
            throw new Problem(
                    503,
                    "too-many-exports",
                    "Too many exports at once",
                    "Two exports run already; try again when one of them has ended");
        }
        ExportAnswer answer = new ExportAnswer(context, format.type, fileName(asked, format));
        workers.executeBlocking(
                        () -> {
                            send(
                                    from,
                                    asked,
                                    format,
                                    answer,
                                    context.request().method().equals(HttpMethod.HEAD));
                            return answer;
                        },
                        false)
                .onComplete(done -> exports.release())
                .onFailure(failure -> {
                    if (failure instanceof Problem problem) {
                        problem.answer(context);
                    } else {
                        answer.fail(away(failure));
                    }
                });
    }

    private static void send(Database from, Export asked, Format format, ExportAnswer answer, boolean headAlone)
            throws IOException, InterruptedException {
        // a file of the Battery Data Format is of one run
        Export whole = format == Format.BDF && asked.testRun().isEmpty()
                ? asked.newestRun(from).map(asked::ofRun).orElse(asked)
                : asked;
        if (whole.rows(from) == 0) {
            throw noHistory(asked.cell());
        }
        if (headAlone) {
            answer.head();
            return;
        }
        try (InputStream rows = format == Format.BDF ? whole.batteryDataFormat(from) : whole.parquet(from)) {
            answer.send(rows);
        }
    }

    private enum Format {
        BDF("text/csv; charset=utf-8", ".bdf.csv"),
        PARQUET("application/vnd.apache.parquet", ".parquet");

        private final String type;
        private final String ending;

        Format(String type, String ending) {
            this.type = type;
            this.ending = ending;
        }

        static Format of(String word) {
            return switch (word) {
                case "bdf" -> BDF;
                case "parquet" -> PARQUET;
                default -> throw Problem.badParameter("format", word, "bdf or parquet");
            };
        }
    }

    private static Content content(String word) {
        return Content.of(word)
                .orElseThrow(() -> Problem.badParameter(
                        "content",
                        word,
                        "one of "
                                + Arrays.stream(Content.values())
                                        .map(Content::word)
                                        .collect(Collectors.joining(", "))));
    }

    private static String fileName(Export asked, Format format) {
        return asked.cell().replaceAll("[^A-Za-z0-9._-]", "_") + "-"
                + asked.content().word() + format.ending;
    }

    private static List<Column> quantities(String names) {
        List<Column> found = new ArrayList<>();
        for (String name : names.split(",", -1)) {
            // as in a state's JSON, too: soc.value, overpotential_v.film_v
            String column = name.replaceAll("\\.value$", "").replace('.', '_');
            Column quantity = QUANTITIES.get(column);
            if (quantity == null) {
                throw Problem.badParameter(
                        "quantities",
                        name,
                        "numbers of a state between commas: " + String.join(", ", QUANTITIES.keySet()));
            }
            if (!found.contains(quantity)) {
                found.add(quantity);
            }
        }
        if (found.size() > MOST_QUANTITIES) {
            throw Problem.badParameter("quantities", found.size() + " names", "at most " + MOST_QUANTITIES);
        }
        return found;
    }

    private static void requireOrder(OptionalLong from, OptionalLong to) {
        if (from.isPresent() && to.isPresent() && to.getAsLong() <= from.getAsLong()) {
            throw Problem.contradiction("to", "not after \"from\"", "a later time than \"from\"");
        }
    }

    private Database database() {
        return database.orElseThrow(() -> new Problem(
                503,
                "no-history",
                "No history is kept",
                "This server knows no database of the past: set history.url, or history.enabled to true"));
    }

    private static Problem noHistory(String cell) {
        return new Problem(
                404,
                "no-history-of-cell",
                "Nothing is kept of this cell",
                "The history has nothing of a cell \"" + cell + "\" in this time");
    }

    private static Problem away(Throwable failure) {
        LOG.warn("history cannot be read: {}", failure.toString());
        return new Problem(
                503,
                "history-away",
                "The history cannot be read just now",
                "The database of the past does not answer as it should; the server's log says why. Try again later");
    }
}
