package io.pouchtwin.api.store;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.pouchtwin.contracts.v1.TwinState;

/**
 * A state in a ring. It keeps the message's bytes (about a third of the parsed message's memory).
 *
 * @param testRun the tester's identifier of the test
 * @param sequence the tester's number of the sample in the test
 * @param ordinal running number of the state among its cell's in this store, from 1
 * @param arrival running number of the state in this store, from 1, over all cells
 * @param receivedUnixUs the gateway's clock when the sample arrived, microseconds since 1970-01-01 UTC; 0 where nobody said
 * @param bytes the message
 */
public record StoredState(
        String testRun, long sequence, long ordinal, long arrival, long receivedUnixUs, ByteString bytes) {

    /** The state's name. */
    public EventId id() {
        return new EventId(testRun, sequence);
    }

    /** The message. */
    public TwinState message() {
        try {
            return TwinState.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a state that was parsed once does not parse again", e);
        }
    }
}
