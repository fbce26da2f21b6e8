/**
 * Measures the whole pipeline as it is started by the demo: rate, latency, many subscribers, start. Begins at {@link
 * io.pouchtwin.app.pipeline.PipelineBench}.
 */
@NullMarked
package io.pouchtwin.app.pipeline;

import org.jspecify.annotations.NullMarked;
