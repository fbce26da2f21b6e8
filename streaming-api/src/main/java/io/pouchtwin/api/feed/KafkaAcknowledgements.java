package io.pouchtwin.api.feed;

import io.pouchtwin.api.http.AcknowledgementDesk;
import io.pouchtwin.contracts.Topic;
import io.pouchtwin.contracts.v1.AlertAcknowledgement;
import io.vertx.core.Future;

/** Writes acknowledgements to their topic, which is at once the record of who took what on and when. */
public final class KafkaAcknowledgements implements AcknowledgementDesk {
    private final KafkaRecords records;

    /** Writes by way of these. */
    public KafkaAcknowledgements(KafkaRecords records) {
        this.records = records;
    }

    @Override
    public Future<Void> write(AlertAcknowledgement acknowledgement) {
        return records.write(Topic.ALERT_ACKNOWLEDGEMENT, acknowledgement.getAlertId(), acknowledgement);
    }
}
