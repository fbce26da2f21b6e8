/**
 * The full-order cell: Doyle, Fuller and Newman's porous-electrode model with a lithium metal counter electrode.
 *
 * <p>x runs from the lithium surface (0) through the membrane and the porous cathode to the current collector. Inside, the current
 * density i [A/m2] is positive along x, that is on discharge; at the doors (drives, reports) current is positive on CHARGE.
 * The potential of the lithium metal is the zero of all potentials.
 *
 * <p>Start at {@link io.pouchtwin.cell.full.FullOrderCell}; the equations are in {@link io.pouchtwin.cell.full.StageSolver}.
 *
 * @see "Doyle, Fuller and Newman, J. Electrochem. Soc. 140 (1993) 1526"
 */
@NullMarked
package io.pouchtwin.cell.full;

import org.jspecify.annotations.NullMarked;
