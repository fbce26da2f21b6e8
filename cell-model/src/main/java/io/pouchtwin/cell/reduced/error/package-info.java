/**
 * How far the reduced cell is from the full-order one, measured per cell, current density and direction, so that whoever estimates with the reduced cell can count its error as noise.
 *
 * <p>{@link io.pouchtwin.cell.reduced.error.ModelErrorMeasurement} computes the table that {@link io.pouchtwin.cell.reduced.error.ModelErrorTable} reads; nobody types it in.
 */
@NullMarked
package io.pouchtwin.cell.reduced.error;

import org.jspecify.annotations.NullMarked;
