package io.pouchtwin.stage;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Where topics end.
 *
 * <p>The end that a read_committed consumer reports is the last stable offset: while a dead owner's transaction is open it hides what was committed after it. A
 * reader that stops there may miss state and be none the wiser (Kafka Streams met the same, KAFKA-10167). So the target is the high watermark, and a read_committed reader
 * waits until it gets there.
 */
final class HighWatermarks {
    private HighWatermarks() {}

    static Map<TopicPartition, Long> of(Admin admin, Collection<TopicPartition> partitions, Duration patience) {
        Map<TopicPartition, OffsetSpec> request = new HashMap<>();
        partitions.forEach(partition -> request.put(partition, OffsetSpec.latest()));
        Map<TopicPartition, ListOffsetsResultInfo> answer = await(
                admin.listOffsets(request, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                        .all(),
                patience,
                "where " + partitions + " end");
        Map<TopicPartition, Long> ends = new HashMap<>();
        answer.forEach((partition, info) -> ends.put(partition, info.offset()));
        return ends;
    }

    /** Waits for an answer of the broker. */
    static <T> T await(KafkaFuture<T> future, Duration patience, String question) {
        try {
            return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new StageException("Kafka could not tell " + question + ": " + cause, cause);
        } catch (TimeoutException e) {
            throw new StageException("Kafka did not tell within " + patience + " " + question, e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
