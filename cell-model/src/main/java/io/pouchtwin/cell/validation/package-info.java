/**
 * The cell model held against what nobody here wrote, and against itself.
 *
 * <p>The reference curves under {@code reference/} come from PyBaMM, by the script in {@code cell-model/reference}; each cell's folder
 * carries the parameter values that its curves were made with. {@link io.pouchtwin.cell.validation.ModelValidation} runs the full-order
 * cell on every case, the reduced cell against the full one, and counts lithium; all figures are computed when it runs.
 */
@NullMarked
package io.pouchtwin.cell.validation;

import org.jspecify.annotations.NullMarked;
