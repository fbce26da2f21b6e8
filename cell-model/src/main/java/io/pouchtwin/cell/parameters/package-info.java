/**
 * What is believed about a cell before it is tested: parameter sets as readable files, each value with unit, source, status and
 * spread; the loader that refuses what is incomplete or implausible; and the mass and volume budget.
 *
 * <p>Start at {@link io.pouchtwin.cell.parameters.ParameterLibrary}; the models take a
 * {@link io.pouchtwin.cell.parameters.CellParameters}.
 */
@NullMarked
package io.pouchtwin.cell.parameters;

import org.jspecify.annotations.NullMarked;
