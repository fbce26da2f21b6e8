/**
 * What will become of a cell: forecasts from the ensemble at the end of each cycle, the rates at which this very cell ages learnt from its own history, and a record of how earlier forecasts came out.
 *
 * <p>{@link io.pouchtwin.twin.forecast.Forecaster} is the way in: cycles in, forecasts out; no clock, no broker, no thread of its own. The lockstep path only counts a cycle's load ({@link io.pouchtwin.twin.forecast.CycleTally}).
 * {@link io.pouchtwin.twin.forecast.ShortRule} is where it is decided when a short is critical.
 */
@NullMarked
package io.pouchtwin.twin.forecast;

import org.jspecify.annotations.NullMarked;
