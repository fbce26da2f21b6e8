/**
 * Who listens, and how events reach them: every one, or a newer one with an explicit word on what was left out; never silence.
 *
 * <p>A {@link io.pouchtwin.api.live.Subscription} is the rule (resume, replay, conflate), an {@link io.pouchtwin.api.live.Outlet} the wire format (SSE,
 * WebSocket), {@link io.pouchtwin.api.live.Subscribers} knows them all. Everything belongs to the store's event loop.
 */
@NullMarked
package io.pouchtwin.api.live;

import org.jspecify.annotations.NullMarked;
