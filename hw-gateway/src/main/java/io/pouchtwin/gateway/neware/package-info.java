/**
 * The protocol of Neware BTS testers as values: bytes to frames, frames to replies or a reason why not, requests to bytes. No I/O, no
 * clock.
 *
 * <p>A request and a reply are each one XML document {@code <bts>...</bts>}; one is in flight at a time. The package knows no command that
 * changes a tester's state: starting, stopping and clearing flags can be understood in a reply, but not asked for.
 */
@NullMarked
package io.pouchtwin.gateway.neware;

import org.jspecify.annotations.NullMarked;
