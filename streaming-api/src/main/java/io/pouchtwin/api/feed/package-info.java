/**
 * Brings what Kafka holds into the store: {@code twin.state}, the testers' signs of life out of {@code telemetry.clean}, and {@code cell.registry}.
 *
 * <p>Each topic is read on a thread of its own; whole batches are handed to the store's event loop, and a reader pauses while too much is on its way.
 */
@NullMarked
package io.pouchtwin.api.feed;

import org.jspecify.annotations.NullMarked;
