package io.pouchtwin.twin.alert;

/**
 * The voltages between which a design is cycled.
 *
 * @param minV lower end [V]
 * @param maxV upper end [V]
 */
public record VoltageWindow(double minV, double maxV) {}
