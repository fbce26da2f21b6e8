package io.pouchtwin.stage;

/** Where a {@link TailReader} begins. */
public sealed interface TailStart {

    /**
     * With the latest records of each partition.
     *
     * @param records about how many; Kafka counts transaction markers as records, so somewhat fewer may come
     */
    record LastPerPartition(long records) implements TailStart {
        public LastPerPartition {
            if (records < 0) {
                throw new IllegalArgumentException("records: " + records + ", expected 0 or more");
            }
        }
    }

    /**
     * With the first record that Kafka stamped at or after a time.
     *
     * @param unixMs milliseconds since 1970-01-01 UTC
     */
    record FromTimestamp(long unixMs) implements TailStart {}

    /** With the first record there is. */
    record Beginning() implements TailStart {}

    /** With what comes from now on. */
    record End() implements TailStart {}
}
