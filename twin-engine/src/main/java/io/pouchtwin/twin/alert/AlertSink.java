package io.pouchtwin.twin.alert;

import io.pouchtwin.contracts.v1.Alert;
import io.pouchtwin.contracts.v1.StopRequest;

/** Takes what a watch has to tell. */
public interface AlertSink {
    /** An alert has changed; the whole of it. */
    void alert(Alert alert);

    /** A channel ought to be stopped. */
    void stop(StopRequest request);
}
