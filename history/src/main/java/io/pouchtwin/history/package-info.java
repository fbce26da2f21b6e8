/**
 * What was measured and what the twins said of it, kept in a time-series database: written from Kafka by {@link io.pouchtwin.history.write.HistoryWriter}, read
 * through {@link io.pouchtwin.history.Database}.
 */
@NullMarked
package io.pouchtwin.history;

import org.jspecify.annotations.NullMarked;
