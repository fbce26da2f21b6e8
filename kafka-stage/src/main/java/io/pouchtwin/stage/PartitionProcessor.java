package io.pouchtwin.stage;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Stage} does with the records of one input partition. One instance serves one partition from its assignment until it is given away; all calls come
 * from the one thread that owns the partition, so an implementation needs no locks. It must be a function of the records alone: after a failure the stage throws the
 * instance away, makes a new one, restores it and feeds the same records again.
 */
public interface PartitionProcessor extends AutoCloseable {

    /**
     * Takes back a changelog record, oldest first; {@code null}: the key was forgotten. Called only before the first {@link #replay} and {@link #process}.
     *
     * @param nextOffset first input offset that the value has not seen
     */
    void restore(byte[] key, byte @Nullable [] value, long nextOffset);

    /**
     * Processes a record again that was committed before the restart, to bring the restored state up to the committed offset; what it puts out is there already. Comes only to a
     * processor that asks for it by {@link #replayFrom}, with each record from that offset on: also ones that some of the restored values have seen. If this throws, the same is done as when
     * {@link #process} throws.
     */
    default void replay(ConsumerRecord<byte[], byte[]> record) {
        throw new IllegalStateException(
                "record at offset " + record.offset() + " replayed, but replayFrom never asked");
    }

    /** The state is that of the committed offset: new records come from now on. */
    default void restored() {}

    /**
     * Processes a record.
     *
     * <p>If this throws a {@link RuntimeException}, what it has put out for this record is dropped, {@link #undo} is called, and the record goes to the dead letters; the
     * partition goes on with the next record. A {@link StageException} or an exception of Kafka's own does not blame the record: the stage begins again from what is
     * committed. An {@link Error} ends the stage.
     */
    void process(ConsumerRecord<byte[], byte[]> record, Output output);

    /** Called after {@link #process} threw: the state has to be as if the record had never come. Needs nothing where state is assigned only after all that can fail. */
    default void undo(ConsumerRecord<byte[], byte[]> record) {}

    /** Called before a commit if any record was processed since the last: the place to put changed state into the changelog. */
    default void beforeCommit(Output output) {}

    /**
     * Asked after {@link #beforeCommit}: the first input offset that has to be replayed to get from what the changelog then holds to the state of now. A processor that puts all changed
     * state into the changelog at each commit needs no replay; one whose state is large puts it there now and then.
     *
     * @param nextOffset the offset that is being committed, which means: no replay
     */
    default long replayFrom(long nextOffset) {
        return nextOffset;
    }

    /** Called after the transaction is in Kafka: the place to publish views. Must not throw and must not block. */
    default void afterCommit() {}

    /** The partition was given away, or the stage ends. State that was not committed is to be forgotten. */
    @Override
    default void close() {}
}
