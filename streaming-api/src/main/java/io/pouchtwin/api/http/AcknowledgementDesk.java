package io.pouchtwin.api.http;

import io.pouchtwin.contracts.v1.AlertAcknowledgement;
import io.vertx.core.Future;

/** Where acknowledgements are put down for good. */
@FunctionalInterface
public interface AcknowledgementDesk {
    /** Writes one; succeeds when it cannot be lost any more. */
    Future<Void> write(AlertAcknowledgement acknowledgement);
}
