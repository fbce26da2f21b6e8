/**
 * The shell around the twins: Kafka in, Kafka out, live states to Vert.x. Arithmetic runs on the stage's own thread;
 * event loops only hand on what is finished.
 */
@NullMarked
package io.pouchtwin.twin.engine;

import org.jspecify.annotations.NullMarked;
