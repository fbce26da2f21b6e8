/**
 * An ensemble of complete cells as rows {@code double[quantity][member]}, and the deterministic square-root update that
 * corrects it. Nothing here knows of Kafka, Vert.x, a clock or a file; the filter does not know the physics.
 */
@NullMarked
package io.pouchtwin.twin.ensemble;

import org.jspecify.annotations.NullMarked;
