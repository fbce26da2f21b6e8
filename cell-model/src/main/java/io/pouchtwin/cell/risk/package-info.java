/**
 * Dendrites and shorts, in views that are never mixed: how far the cell is from a short by what it is asked now ({@link io.pouchtwin.cell.risk.DendriteMargin}), how much damage it has gathered and how probable a short has become
 * ({@link io.pouchtwin.cell.risk.ShortLaw}, fitted in {@link io.pouchtwin.cell.risk.HazardFit}), and whether a disturbance of the lithium surface grows ({@link io.pouchtwin.cell.risk.InterfaceStability}). Whether current leaks
 * now is the filter's to say.
 *
 * <p>The paper reports three ramps to a critical current, two shorted symmetric cells and a handful of survivors. What is fitted to that orders cells and loads; it does not count shorts. Hence every number carries an interval and
 * is called an index.
 */
@NullMarked
package io.pouchtwin.cell.risk;

import org.jspecify.annotations.NullMarked;
