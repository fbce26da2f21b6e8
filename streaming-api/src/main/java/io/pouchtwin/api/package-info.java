/**
 * The streaming API: what the twins say, by REST, server-sent events, WebSocket and a live page, over HTTP.
 *
 * <p>One event loop owns everything here: the state store, the subscribers and the HTTP server. Kafka is read on threads of its own, which hand
 * whole batches over. Start reading at {@link io.pouchtwin.api.StreamingApi}; what flows through is in {@link io.pouchtwin.api.store}, who
 * listens is in {@link io.pouchtwin.api.live}.
 */
@NullMarked
package io.pouchtwin.api;

import org.jspecify.annotations.NullMarked;
