package io.pouchtwin.api.feed;

import io.pouchtwin.api.security.AuditDesk;
import io.pouchtwin.api.security.AuditEntry;
import io.pouchtwin.contracts.Topic;
import io.pouchtwin.contracts.v1.AuditRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps in Kafka who changed what. A record that Kafka does not take is in the log all the same, and that it is missing is said there. */
public final class KafkaAudit implements AuditDesk {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaAudit.class);
    private static final double MILLIS = 1e3;

    private final KafkaRecords records;

    /** Writes by way of these. */
    public KafkaAudit(KafkaRecords records) {
        this.records = records;
    }

    @Override
    public void record(AuditEntry entry) {
        AuditRecord message = AuditRecord.newBuilder()
                .setUnixTimeS(entry.at().toEpochMilli() / MILLIS)
                .setCaller(entry.who())
                .setKind(entry.caller().map(caller -> caller.kind().word()).orElse(""))
                .setRole(entry.caller().map(caller -> caller.role().word()).orElse(""))
                .setRemote(entry.remote())
                .setOperation(entry.operation())
                .setMethod(entry.method())
                .setPath(entry.path())
                .setStatus(entry.status())
                .build();
        records.write(Topic.API_AUDIT, entry.who(), message)
                .onFailure(failure -> LOG.warn("not kept in Kafka: {} ({})", entry.line(), failure.toString()));
    }
}
