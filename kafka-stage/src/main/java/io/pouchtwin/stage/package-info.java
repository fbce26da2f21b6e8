/**
 * Exactly-once consume, process, produce over Kafka with state that survives; followers of topics; client settings. Knows nothing of cells.
 *
 * <p>Start reading at {@link io.pouchtwin.stage.Stage} and {@link io.pouchtwin.stage.PartitionProcessor}.
 */
@NullMarked
package io.pouchtwin.stage;

import org.jspecify.annotations.NullMarked;
