/** Where the gateway's records go: a small interface, and Kafka behind it. */
@NullMarked
package io.pouchtwin.gateway.publish;

import org.jspecify.annotations.NullMarked;
