/**
 * What the API knows of each cell: its registration, a ring of its latest twin states, and when its tester was last heard of.
 *
 * <p>Nothing here knows Kafka or HTTP. A {@link io.pouchtwin.api.store.StateStore} is confined to one thread (the API's event loop); whoever feeds
 * it does so there.
 */
@NullMarked
package io.pouchtwin.api.store;

import org.jspecify.annotations.NullMarked;
