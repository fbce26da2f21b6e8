package io.pouchtwin.stage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates the topics that are missing and checks those that exist. */
public final class TopicSetup {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private TopicSetup() {}

    /**
     * Creates what is missing, and checks number of partitions and compaction of what is there. Returns when all can be used.
     *
     * @throws TopicMismatchException if an existing topic is not what is needed
     * @throws StageException if Kafka does not answer
     */
    public static void ensure(KafkaSettings kafka, Collection<TopicSpec> specs) {
        try (Admin admin = Admin.create(kafka.with(
                Map.of("client.id", "topic-setup", "request.timeout.ms", 5_000, "default.api.timeout.ms", 15_000)))) {
            Map<String, TopicDescription> present = new HashMap<>();
            List<TopicSpec> missing = new ArrayList<>();
            for (TopicSpec spec : specs) {
                describe(admin, spec.name())
                        .ifPresentOrElse(topic -> present.put(spec.name(), topic), () -> missing.add(spec));
            }
            create(admin, missing);
            for (TopicSpec spec : specs) {
                TopicDescription topic = present.get(spec.name());
                if (topic != null) {
                    check(admin, spec, topic);
                }
            }
        }
    }

    /** A stage's changelog partition has the number of its input partition, so there have to be as many. */
    static void requireSamePartitions(Admin admin, String input, String changelog) {
        int inputs = partitions(admin, input);
        int changelogs = partitions(admin, changelog);
        if (inputs != changelogs) {
            throw new TopicMismatchException(
                    "Topic " + input + " has " + inputs + " partitions, its changelog " + changelog + " has "
                            + changelogs + ", expected as many. Create the changelog with " + inputs
                            + " partitions (its state is then computed again from the input).");
        }
    }

    private static int partitions(Admin admin, String topic) {
        return describe(admin, topic)
                .orElseThrow(() -> new StageException(
                        "Topic " + topic + " does not exist. Create it, or start with topic creation enabled."))
                .partitions()
                .size();
    }

    private static void create(Admin admin, List<TopicSpec> specs) {
        List<NewTopic> topics = specs.stream()
                .map(spec -> new NewTopic(
                                spec.name(),
                                Optional.of(spec.partitions()),
                                spec.replication() == -1 ? Optional.empty() : Optional.of(spec.replication()))
                        .configs(spec.settings()))
                .toList();
        Map<String, KafkaFuture<Void>> creations = admin.createTopics(topics).values();
        creations.forEach((name, creation) -> {
            try {
                creation.get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) { // another process was quicker
                    throw new StageException("Topic " + name + " could not be created: " + e.getCause(), e);
                }
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        });
        specs.forEach(spec -> awaitVisible(admin, spec.name()));
        specs.forEach(spec -> awaitLeaders(admin, spec));
    }

    /**
     * Until every partition's leader answers for its log. Before that a leader refuses a producer's first batch and may take
     * its second; the first is then out of order for good, and the producer hangs on it.
     */
    private static void awaitLeaders(Admin admin, TopicSpec spec) {
        Map<TopicPartition, OffsetSpec> ends = IntStream.range(
                        0,
                        describe(admin, spec.name()).orElseThrow().partitions().size())
                .boxed()
                .collect(Collectors.toMap(
                        partition -> new TopicPartition(spec.name(), partition), partition -> OffsetSpec.latest()));
        HighWatermarks.await(admin.listOffsets(ends).all(), PATIENCE, "where topic " + spec.name() + " ends");
    }

    /** A broker may not know a topic yet that the controller has just created. */
    private static void awaitVisible(Admin admin, String topic) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (describe(admin, topic).isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new StageException("Topic " + topic + " was created but does not appear within " + PATIENCE);
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        }
    }

    private static Optional<TopicDescription> describe(Admin admin, String topic) {
        try {
            return Optional.ofNullable(HighWatermarks.await(
                            admin.describeTopics(List.of(topic)).allTopicNames(),
                            PATIENCE,
                            "what topic " + topic + " is")
                    .get(topic));
        } catch (StageException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static void check(Admin admin, TopicSpec spec, TopicDescription topic) {
        if (topic.partitions().size() != spec.partitions()) {
            throw new TopicMismatchException(
                    "Topic " + spec.name() + " has " + topic.partitions().size()
                            + " partitions, the configuration asks for " + spec.partitions()
                            + ". Keys would move to other partitions if it were changed: set the configured number to "
                            + topic.partitions().size() + ", or use new topics.");
        }
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, spec.name());
        String policy = HighWatermarks.await(
                        admin.describeConfigs(List.of(resource)).all(),
                        PATIENCE,
                        "how topic " + spec.name() + " is set")
                .values()
                .stream()
                .map(config -> config.get("cleanup.policy").value())
                .collect(Collectors.joining());
        if (spec.compacted() != policy.contains("compact")) {
            throw new TopicMismatchException("Topic " + spec.name() + " has cleanup.policy \"" + policy
                    + "\", expected \"" + (spec.compacted() ? "compact" : "delete")
                    + "\". Set it with kafka-configs, or use a new topic.");
        }
    }
}
