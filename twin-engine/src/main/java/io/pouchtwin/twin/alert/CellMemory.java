package io.pouchtwin.twin.alert;

/**
 * What a rule may ask of a cell's past.
 *
 * @param trail the last minute of the present step
 * @param heldS how long the rule's own condition has held [s of test time]; 0 where it did not before this record
 */
public record CellMemory(Trail trail, double heldS) {}
