/**
 * A virtual battery tester: a TCP server that speaks the Neware protocol, runs a test programme on physical cell models in its own (test)
 * time, logs as irregularly as a real one, and goes on whether anybody listens or not.
 *
 * <p>{@link io.pouchtwin.gateway.emulator.VirtualChannel} is the arithmetic (programme, cell, instrument, rows; no clock, no I/O),
 * {@link io.pouchtwin.gateway.emulator.NewareServerText} the protocol's text, {@link io.pouchtwin.gateway.emulator.VirtualTester} the
 * network, the clock and the disk. The protocol is written here independently of the driver, so that a misunderstanding does not cancel
 * out.
 */
@NullMarked
package io.pouchtwin.gateway.emulator;

import org.jspecify.annotations.NullMarked;
