package io.pouchtwin.twin.engine;

import com.google.protobuf.ByteString;

/**
 * A cell's latest state as it stands in the live view.
 *
 * @param offset offset in {@code telemetry.clean}, within the cell's partition, of the record that the sample came in;
 *     by it the state of a late writer is told from that of the cell's owner
 * @param state bytes of a {@code TwinState}
 */
record LiveState(long offset, ByteString state) {}
