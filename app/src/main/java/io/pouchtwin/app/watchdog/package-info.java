/**
 * A dead-man's switch: rings when Alertmanager's heartbeat stops, since then no other alert can reach anybody. Best run on another machine than what it
 * watches.
 */
@NullMarked
package io.pouchtwin.app.watchdog;

import org.jspecify.annotations.NullMarked;
