package io.pouchtwin.twin.alert;

/**
 * What the rules know of a design.
 *
 * @param minV lower end of the voltages between which it is cycled [V]
 * @param maxV upper end [V]
 * @param coolingS time constant with which its cells come to the temperature of their surroundings, heat capacity over conductance; infinite where it is not modelled [s]
 */
public record DesignFacts(double minV, double maxV, double coolingS) {}
