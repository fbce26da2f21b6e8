package io.pouchtwin.app;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pouchtwin.contracts.Topic;
import io.pouchtwin.contracts.v1.CleanBatch;
import io.pouchtwin.contracts.v1.Rejected;
import io.pouchtwin.contracts.v1.TwinState;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Follows one cell through the flow until every clean sample of its run has a state.
 *
 * <p>Fed on one thread; {@link #done()} may be watched from any.
 */
final class ReplayFollower {

    /**
     * What the twin made of a run.
     *
     * @param states samples with a state
     * @param rejects what was rejected, by code
     * @param innovationRmsV root mean square of measured minus predicted voltage, V
     * @param lastTestTimeS test time of the last state, s
     */
    record Outcome(long states, Map<String, Long> rejects, double innovationRmsV, double lastTestTimeS) {}

    private final String cell;
    private final OutputStream stateSink;
    private final CompletableFuture<Outcome> done = new CompletableFuture<>();
    private final Map<String, Long> rejects = new TreeMap<>();
    private long cleanSamples;
    private boolean cleanComplete;
    private long states;
    private long refusedByTwin;
    private double sumOfSquares;
    private double lastTestTimeS;

    /**
     * Follows a cell.
     *
     * @param stateSink receives each {@code TwinState} as it stands in Kafka, length first (Protobuf's delimited form)
     */
    ReplayFollower(String cell, OutputStream stateSink) {
        this.cell = cell;
        this.stateSink = stateSink;
    }

    /** The topics to feed it with. */
    static List<String> topics() {
        return List.of(
                Topic.TELEMETRY_CLEAN.topicName(), Topic.TWIN_STATE.topicName(), Topic.TELEMETRY_REJECTED.topicName());
    }

    /** Completes when the last clean sample has its state. */
    CompletableFuture<Outcome> done() {
        return done;
    }

    /** Takes what a reader brought. */
    CompletionStage<?> accept(List<ConsumerRecord<byte[], byte[]>> records) {
        try {
            for (ConsumerRecord<byte[], byte[]> record : records) {
                take(record);
            }
            if (cleanComplete && states + refusedByTwin >= cleanSamples) {
                done.complete(new Outcome(
                        states, Map.copyOf(rejects), Math.sqrt(sumOfSquares / Math.max(1, states)), lastTestTimeS));
            }
        } catch (IOException e) {
            done.completeExceptionally(e);
        }
        return CompletableFuture.completedFuture(null);
    }

    private void take(ConsumerRecord<byte[], byte[]> record) throws IOException {
        if (record.topic().equals(Topic.TELEMETRY_CLEAN.topicName())) {
            clean(CleanBatch.parseFrom(record.value()));
        } else if (record.topic().equals(Topic.TWIN_STATE.topicName())) {
            state(TwinState.parseFrom(record.value()));
        } else {
            rejected(record);
        }
    }

    private void clean(CleanBatch batch) {
        if (batch.getCell().equals(cell)) {
            cleanSamples += batch.getSamplesCount();
            cleanComplete |= batch.getRunComplete();
        }
    }

    private void state(TwinState state) {
        if (state.getCell().equals(cell)) {
            states++;
            sumOfSquares += state.getInnovationV() * state.getInnovationV();
            lastTestTimeS = state.getTestTimeS();
            try {
                state.writeDelimitedTo(stateSink);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void rejected(ConsumerRecord<byte[], byte[]> record) throws InvalidProtocolBufferException {
        Rejected rejected = Rejected.parseFrom(record.value());
        if (rejected.getCell().equals(cell)) {
            rejects.merge(rejected.getCode(), 1L, Long::sum);
            if (rejected.getOrigin().startsWith(Topic.TELEMETRY_CLEAN.topicName())) {
                refusedByTwin++;
            }
        }
    }
}
