package io.pouchtwin.api.security;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts changes down in the log, under the name {@code pouchtwin.audit} so that they can be sent elsewhere. */
public final class AuditLog implements AuditDesk {
    private static final Logger LOG = LoggerFactory.getLogger("pouchtwin.audit");

    @Override
    public void record(AuditEntry entry) {
        LOG.info("{}", entry.line());
    }
}
