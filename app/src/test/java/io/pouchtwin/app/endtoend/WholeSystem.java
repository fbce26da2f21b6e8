package io.pouchtwin.app.endtoend;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.pouchtwin.api.ApiConfig;
import io.pouchtwin.app.DemoPlan;
import io.pouchtwin.app.config.AppConfig;
import io.pouchtwin.app.config.ClusterConfig;
import io.pouchtwin.app.config.ConfigReader;
import io.pouchtwin.app.config.KafkaConfig;
import io.pouchtwin.app.roles.HistoryPart;
import io.pouchtwin.app.roles.Roles;
import io.pouchtwin.app.roles.RunningSystem;
import io.pouchtwin.contracts.Topic;
import io.pouchtwin.contracts.v1.StopRecord;
import io.pouchtwin.gateway.GatewayConfig;
import io.pouchtwin.gateway.Polling;
import io.pouchtwin.gateway.TesterConfig;
import io.pouchtwin.gateway.Timeouts;
import io.pouchtwin.gateway.emulator.VirtualTester;
import io.pouchtwin.history.HistoryConfig;
import io.pouchtwin.ingest.IngestConfig;
import io.pouchtwin.kafka.embedded.BrokerSettings;
import io.pouchtwin.kafka.embedded.EmbeddedKafka;
import io.pouchtwin.twin.alert.StopPolicy;
import io.pouchtwin.twin.alerting.AlertsConfig;
import io.pouchtwin.twin.engine.EngineConfig;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Everything that the demo runs, with a cable between tester and gateway that can be pulled. The gateway starts last, on request. */
final class WholeSystem implements AutoCloseable {

    private static final double SPEED_UP = 300;
    private static final int LARGEST_FRAME_BYTES = 1 << 20;
    private static final HistoryConfig WITHOUT_HISTORY = new ConfigReader(AppConfig.defaults())
            .set("history.enabled", "false")
            .bind(AppConfig.class)
            .history();

    private final RunningSystem system = new RunningSystem(new PrintStream(PrintStream.nullOutputStream()));
    final Roles roles;
    final VirtualTester tester;
    final CuttableProxy cable;
    private final DemoPlan plan;
    private final GatewayConfig gateway;
    private final int apiPort;

    /** What keeps the past; empty where nothing does. */
    final Optional<HistoryPart> history;

    WholeSystem(Path directory, int cells) throws Exception {
        this(directory, cells, SPEED_UP);
    }

    WholeSystem(Path directory, int cells, double speedUp) throws Exception {
        this(directory, cells, speedUp, ApiConfig.defaults(), WITHOUT_HISTORY);
    }

    WholeSystem(Path directory, int cells, double speedUp, ApiConfig api, HistoryConfig past) throws Exception {
        EmbeddedKafka broker = system.start(
                "Kafka",
                () -> EmbeddedKafka.start(BrokerSettings.local(directory.resolve("broker"), 0)),
                EmbeddedKafka::close);
        roles = Roles.inCluster(system, KafkaConfig.defaults().at(broker.bootstrapServers()), ClusterConfig.defaults());
        plan = new DemoPlan(cells, speedUp);
        tester = system.start(
                "tester",
                () -> RunningSystem.await(VirtualTester.start(plan.tester(directory.resolve("tester")), roles.vertx())),
                t -> RunningSystem.await(t.close()));
        cable = system.start("cable", () -> new CuttableProxy(roles.vertx(), tester.port()), CuttableProxy::close);
        roles.ingest(IngestConfig.defaults());
        roles.engine(EngineConfig.standard());
        history = roles.history(past, directory.resolve("history"));
        apiPort = roles.api(api.withPort(0), history.map(HistoryPart::address), List::of)
                .port();
        gateway = through(plan.gateway(tester.port()), cable.port());
    }

    void startGateway() throws Exception {
        startGateway("");
    }

    /** Starts the gateway with one cell's channel armed. */
    void startGateway(String armed) throws Exception {
        var unused = roles.gateway(new GatewayConfig(
                gateway.testers(),
                gateway.cells().stream()
                        .map(cell -> cell.cell().equals(armed) ? cell.withArmed() : cell)
                        .toList()));
    }

    /** Starts the alerts with the demo's thresholds; critical shorts ask for a stop of their channel. */
    void startAlerts() throws Exception {
        var unused =
                roles.alerts(plan.alerts(AlertsConfig.standard(), url()).withProtectiveStop(new StopPolicy(true, 60)));
    }

    /** What became of requests to stop a channel. */
    List<StopRecord> stops() {
        return messages(Topic.CHANNEL_AUDIT, StopRecord.parser());
    }

    /** The values of all records that a topic has now. */
    List<byte[]> records(Topic topic) {
        List<byte[]> values = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                roles.kafka().with(Map.of("isolation.level", "read_committed")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.topicName()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
                    values.add(record.value());
                }
            }
        }
        return values;
    }

    /** The messages that a topic has now. */
    <T extends Message> List<T> messages(Topic topic, Parser<T> parser) {
        List<T> messages = new ArrayList<>();
        try {
            for (byte[] value : records(topic)) {
                messages.add(parser.parseFrom(value));
            }
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
        return messages;
    }

    String url() {
        return "http://127.0.0.1:" + apiPort;
    }

    /** The cells' names, in the order of the tester's channels. */
    List<String> cells() {
        return gateway.cells().stream().map(cell -> cell.cell()).toList();
    }

    /** A subscriber to all cells. */
    StreamReader subscribe() {
        return new StreamReader(url() + "/api/v1/stream");
    }

    @Override
    public void close() {
        system.close();
    }

    private static GatewayConfig through(GatewayConfig direct, int port) {
        TesterConfig tester = direct.testers().get(0);
        return new GatewayConfig(
                List.of(TesterConfig.neware(
                        tester.name(),
                        tester.host(),
                        port,
                        tester.timeZone(),
                        new Polling(Duration.ofMillis(100), 64, 1000, 4, LARGEST_FRAME_BYTES),
                        new Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofMillis(500)))),
                direct.cells());
    }
}
