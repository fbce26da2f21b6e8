package io.pouchtwin.ingest.segment;

import io.pouchtwin.contracts.v1.CellRegistration;
import java.util.Optional;

/** Tells which cell is on a channel. */
@FunctionalInterface
public interface CellDirectory {
    /** The cell that is registered on a tester's channel. */
    Optional<CellRegistration> find(String tester, String channel);
}
