package io.pouchtwin.api.store;

import com.google.protobuf.ByteString;
import io.pouchtwin.contracts.v1.TwinState;

/**
 * A twin state as it came, on its way into the store.
 *
 * @param state the message
 * @param bytes the message as it was written: what the ring keeps
 * @param receivedUnixUs the gateway's clock when the sample arrived, microseconds since 1970-01-01 UTC; 0 where nobody said
 */
public record StateRecord(TwinState state, ByteString bytes, long receivedUnixUs) {

    /** A record of a message that was not read from bytes. */
    public static StateRecord of(TwinState state, long receivedUnixUs) {
        return new StateRecord(state, state.toByteString(), receivedUnixUs);
    }
}
