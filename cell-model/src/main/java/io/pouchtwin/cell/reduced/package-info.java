/**
 * The cell in lockstep: a reduced-order model that advances an ensemble of cells by one sample at a time.
 *
 * <p>The same continuum equations as the full-order cell (lithium metal | membrane | porous cathode), with few unknowns:
 *
 * <ul>
 *   <li>a handful of particles through the cathode's thickness, each with nonlinear D(x) on shells that are fine at the surface ({@link io.pouchtwin.cell.reduced.ParticleRows});
 *   <li>the reaction current shared among them so that their potentials agree ({@link io.pouchtwin.cell.reduced.ReactionDistribution});
 *   <li>salt in membrane and pores in a few finite volumes ({@link io.pouchtwin.cell.reduced.SaltRows});
 *   <li>lithium kinetics, film, finite inventory; heat; a leak past the cell.
 * </ul>
 *
 * <p>Start at {@link io.pouchtwin.cell.reduced.ReducedCell}. States and what varies from member to member lie in rows {@code double[quantity][member]}
 * ({@link io.pouchtwin.cell.reduced.Ensemble}). A step allocates nothing, its loops run straight over the members, and a member's numbers depend on nothing but its own: not on how many others there are.
 * Elementary functions come from {@code io.pouchtwin.cell.math}, so the bits are the same on every JDK. Current is positive when it charges.
 */
@NullMarked
package io.pouchtwin.cell.reduced;

import org.jspecify.annotations.NullMarked;
