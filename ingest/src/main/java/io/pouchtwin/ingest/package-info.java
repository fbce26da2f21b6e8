/** Validates, orders, deduplicates and segments telemetry: from {@code telemetry.raw} to {@code telemetry.clean}. Start reading at {@link io.pouchtwin.ingest.Ingest}. */
@NullMarked
package io.pouchtwin.ingest;

import org.jspecify.annotations.NullMarked;
