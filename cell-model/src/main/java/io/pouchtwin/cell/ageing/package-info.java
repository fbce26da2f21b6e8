/**
 * How a lithium-metal cell ages: one physical idea per file, each a pure function of state and load, usable by the full-order and the reduced cell, by a calibration and by forecasts.
 *
 * <p>Every law comes in two forms that agree exactly: a rate inside a half cycle (for step-by-step simulation, {@link io.pouchtwin.cell.ageing.StepwiseAgeing}) and its integral over a cycle (for thousands of cycles,
 * {@link io.pouchtwin.cell.ageing.CycleLife}). Everything is per electrode area and in SI; charges are amounts, hence positive. Start with {@link io.pouchtwin.cell.ageing.AgeingLaws}.
 */
@NullMarked
package io.pouchtwin.cell.ageing;

import org.jspecify.annotations.NullMarked;
