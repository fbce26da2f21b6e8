package io.pouchtwin.api.security;

/** Where it is put down who changed what. */
@FunctionalInterface
public interface AuditDesk {
    /** Puts down one entry; returns at once and never throws. */
    void record(AuditEntry entry);

    /** To this one and then to another. */
    default AuditDesk and(AuditDesk other) {
        return entry -> {
            record(entry);
            other.record(entry);
        };
    }
}
