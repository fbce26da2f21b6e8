package io.pouchtwin.twin.ensemble;

/**
 * What happened between two samples.
 *
 * @param lengthS tester time between them [s], zero or more
 * @param meanCurrentA mean current over the interval [A], charge over time
 * @param endCurrentA current at its end [A]
 * @param ambientK temperature around the cell [K]
 * @param unseen fraction of the interval's charge that is a guess, 0 to 1: a step that changed unseen, a gap
 */
public record Interval(double lengthS, double meanCurrentA, double endCurrentA, double ambientK, double unseen) {}
