/**
 * The twin of one cell: predicts each sample before it sees it, compares, corrects itself. A function of the samples
 * and the parameter set alone: no Kafka, no Vert.x, no clock. Start reading at {@link io.pouchtwin.twin.CellTwin}.
 */
@NullMarked
package io.pouchtwin.twin;

import org.jspecify.annotations.NullMarked;
