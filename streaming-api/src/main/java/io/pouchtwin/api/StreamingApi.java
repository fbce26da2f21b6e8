package io.pouchtwin.api;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.pouchtwin.api.feed.KafkaAcknowledgements;
import io.pouchtwin.api.feed.KafkaAudit;
import io.pouchtwin.api.feed.KafkaRecords;
import io.pouchtwin.api.feed.TopicFeeds;
import io.pouchtwin.api.http.Readiness;
import io.pouchtwin.api.security.AuditLog;
import io.pouchtwin.stage.KafkaSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
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
    private final KafkaRecords records;

    private StreamingApi(ApiConfig config, Vertx vertx, ApiServer server, TopicFeeds feeds, KafkaRecords records) {
        this.config = config;
        this.vertx = vertx;
        this.server = server;
        this.feeds = feeds;
        this.records = records;
    }

    /**
     * Listens, then follows Kafka. Succeeds when the address answers; whether Kafka is there too is said by {@code /health/ready}. Fails with a
     * sentence for people where the port is taken.
     */
    public static Future<StreamingApi> start(
            ApiConfig config, KafkaSettings kafka, ApiSources sources, Vertx vertx, PrometheusMeterRegistry registry) {
        LaterReadiness readiness = new LaterReadiness(sources.others());
        KafkaRecords records = new KafkaRecords(kafka, vertx);
        ApiServer.Parts parts = new ApiServer.Parts(
                readiness,
                new KafkaAcknowledgements(records),
                new AuditLog().and(new KafkaAudit(records)),
                sources.history(),
                sources.parameterSets(),
                Clock.systemUTC());
        return ApiServer.deploy(config, vertx, registry, parts)
                .compose(server -> vertx.executeBlocking(() -> {
                    TopicFeeds feeds =
                            new TopicFeeds(kafka, statesBack(config), sources.latest(), server::onStore, registry);
                    readiness.readers = feeds;
                    StreamingApi api = new StreamingApi(config, vertx, server, feeds, records);
                    LOG.info("the API listens on {}", api.address());
                    return api;
                }))
                .onFailure(failure -> records.close());
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
                    records.close();
                    return null;
                })
                .eventually(server::undeploy);
    }

    /** The server listens before the readers exist. */
    private static final class LaterReadiness implements Readiness {
        private final Readiness others;
        private volatile Readiness readers =
                () -> List.of(new Check("readers", false, "the readers of Kafka are starting"));

        LaterReadiness(Readiness others) {
            this.others = others;
        }

        @Override
        public List<Check> checks() {
            return Stream.concat(readers.checks().stream(), others.checks().stream())
                    .toList();
        }
    }
}
