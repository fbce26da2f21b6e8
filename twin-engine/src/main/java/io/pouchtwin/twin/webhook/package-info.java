/**
 * Tells receivers of alerts over HTTP. The outbox is {@code twin.alert} itself with one consumer group for each receiver:
 * nothing is kept elsewhere, and a receiver's place moves only after it has answered with 2xx. Messages are shaped and
 * signed as the Standard Webhooks specification says.
 */
@NullMarked
package io.pouchtwin.twin.webhook;

import org.jspecify.annotations.NullMarked;
