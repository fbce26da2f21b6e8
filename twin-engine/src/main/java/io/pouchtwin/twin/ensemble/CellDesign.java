package io.pouchtwin.twin.ensemble;

/**
 * What a cell is built as.
 *
 * @param parameterSet name of the parameter set
 * @param areaCm2 electrode area [cm2]
 * @param nominalCapacityAh capacity that 1 C refers to [Ah]
 */
public record CellDesign(String parameterSet, double areaCm2, double nominalCapacityAh) {}
