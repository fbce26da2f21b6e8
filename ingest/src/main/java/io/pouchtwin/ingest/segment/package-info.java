/**
 * What turns a tester's rows into samples: order, elapsed time, steps, cycles, charge, wall clock, judgement of values. Pure: a function of the rows in their order, never of
 * how they were batched nor of a clock. Start reading at {@link io.pouchtwin.ingest.segment.RunSegmenter}.
 */
@NullMarked
package io.pouchtwin.ingest.segment;

import org.jspecify.annotations.NullMarked;
