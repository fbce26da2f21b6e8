package io.pouchtwin.contracts;

/** Names of the headers that records carry beside their value. */
public final class RecordHeader {
    /**
     * When the gateway received what a record came from: microseconds since 1970 (UTC), eight bytes, big endian. Carried
     * beside the value, never in it, so that replaying the same input gives the same bytes.
     */
    public static final String RECEIVED_UNIX_US = "received-unix-us";

    private RecordHeader() {}
}
