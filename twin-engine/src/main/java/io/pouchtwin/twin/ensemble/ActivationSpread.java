package io.pouchtwin.twin.ensemble;

/**
 * How uncertain the temperature dependence of a {@link SlowQuantity} is: its logarithm gains
 * {@code perInverseK (1/T_ref - 1/T) z} with z standard normal over the members. Without it a cell that warms by ten
 * kelvin at a high rate teaches the twin resistances that it does not have.
 *
 * @param of which slow quantity, by its place in the prior
 * @param perInverseK spread of the activation energy over the gas constant [K]; negative for a resistance
 */
record ActivationSpread(int of, double perInverseK) {}
