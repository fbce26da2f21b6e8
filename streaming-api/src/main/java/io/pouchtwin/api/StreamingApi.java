package io.pouchtwin.api;

import com.google.protobuf.ByteString;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.pouchtwin.api.feed.KafkaAcknowledgements;
import io.pouchtwin.api.feed.TopicFeeds;
import io.pouchtwin.api.http.Readiness;
import io.pouchtwin.api.security.AuditLog;
import io.pouchtwin.history.DatabaseAddress;
import io.pouchtwin.stage.KafkaSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running API: an HTTP server whose store is fed from Kafka. */
public final class StreamingApi {
    private static final Logger LOG = LoggerFactory.getLogger(StreamingApi.class);

    private static final int PARTITIONS = 8;

    private final ApiConfig config;
    private final Vertx vertx;
    private final ApiServer server;
    private final TopicFeeds feeds;
    private final KafkaAcknowledgements desk;

    private StreamingApi(
            ApiConfig config, Vertx vertx, ApiServer server, TopicFeeds feeds, KafkaAcknowledgements desk) {
        this.config = config;
        this.vertx = vertx;
        this.server = server;
        this.feeds = feeds;
        this.desk = desk;
    }

    /** An API that knows no history. */
    static Future<StreamingApi> start(
            ApiConfig config,
            KafkaSettings kafka,
            Supplier<Map<String, ByteString>> latest,
            Vertx vertx,
            PrometheusMeterRegistry registry) {
        return start(config, kafka, latest, Optional.empty(), vertx, registry);
    }

    /**
     * Listens, then follows Kafka. Succeeds when the address answers; whether Kafka is there too is said by {@code /health/ready}. Fails with a
     * sentence for people where the port is taken.
     *
     * @param latest the live view: the latest state of every cell as bytes of a {@code TwinState}; empty where there is none. May block
     * @param history where the past is asked for; empty: questions about it are answered with 503
     */
    public static Future<StreamingApi> start(
            ApiConfig config,
            KafkaSettings kafka,
            Supplier<Map<String, ByteString>> latest,
            Optional<DatabaseAddress> history,
            Vertx vertx,
            PrometheusMeterRegistry registry) {
        LaterReadiness readiness = new LaterReadiness();
        KafkaAcknowledgements desk = new KafkaAcknowledgements(kafka, vertx);
        return ApiServer.deploy(config, vertx, registry, readiness, desk, new AuditLog(), history, Clock.systemUTC())
                .compose(server -> vertx.executeBlocking(() -> {
                    TopicFeeds feeds = new TopicFeeds(kafka, statesBack(config), latest, server::onStore, registry);
                    readiness.now = feeds;
                    StreamingApi api = new StreamingApi(config, vertx, server, feeds, desk);
                    LOG.info("the API listens on {}", api.address());
                    return api;
                }))
                .onFailure(failure -> desk.close());
    }

    /** How many states of each partition to begin with: enough to fill the rings where cells are spread over some partitions, without a long start. */
    private static long statesBack(ApiConfig config) {
        return Math.max(config.ringStatesPerCell(), config.ringStatesTotal() / PARTITIONS);
    }

    /** The port that is listened on; the one configured, unless that was 0. */
    public int port() {
        return server.port();
    }

    /** Where people look. */
    public String address() {
        return config.scheme() + "://" + config.host() + ":" + port() + "/";
    }

    /** Why it is of no use yet; empty when everything is there. */
    public List<String> unready() {
        return feeds.checks().stream()
                .filter(check -> !check.ok())
                .map(check -> check.name() + ": " + check.words())
                .toList();
    }

    /** Stops reading, ends all streams, stops listening. */
    public Future<Void> close() {
        return vertx.<Void>executeBlocking(() -> {
                    feeds.close();
                    desk.close();
                    return null;
                })
                .eventually(server::undeploy);
    }

    /** The server listens before the readers exist. */
    private static final class LaterReadiness implements Readiness {
        private volatile Readiness now =
                () -> List.of(new Check("readers", false, "the readers of Kafka are starting"));

        @Override
        public List<Check> checks() {
            return now.checks();
        }
    }
}
