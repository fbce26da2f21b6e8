/**
 * What Prometheus is told of the cells: summaries of the fleet and the cells most in need of a look with {@code /metrics}, every cell with {@code
 * /metrics/cells}, in shards where there are many.
 *
 * <p>Base units (volts, amperes, metres, coulombs, seconds), so that a dashboard converts to what people read. A cell whose tester is silent has no
 * live series: a gap says more than the last number for ever.
 */
@NullMarked
package io.pouchtwin.api.metrics;

import org.jspecify.annotations.NullMarked;
