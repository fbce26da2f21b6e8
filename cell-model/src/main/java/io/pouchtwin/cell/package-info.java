/**
 * The physical notions that both models of a cell share: constants, reaction kinetics, temperature laws, open-circuit voltage,
 * diffusivity and electrolyte transport. Each file is one idea and states its equation, symbols and source.
 *
 * <p>SI units throughout; temperatures in kelvin; stoichiometry x is the share of the cathode's lithium sites that is filled.
 */
@NullMarked
package io.pouchtwin.cell;

import org.jspecify.annotations.NullMarked;
