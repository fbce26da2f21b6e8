/**
 * The gateway: one agent per tester reads what the tester has stored, in order and without gaps, and hands it to Kafka. The tester is the
 * store that it reads again from; nothing moves on before the broker has acknowledged.
 */
@NullMarked
package io.pouchtwin.gateway;

import org.jspecify.annotations.NullMarked;
