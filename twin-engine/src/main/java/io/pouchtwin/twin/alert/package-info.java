/**
 * When somebody has to be told, as pure functions: rules look at one record at a time (a state, a forecast, a silence),
 * {@link io.pouchtwin.twin.alert.AlertWatch} keeps what has to be remembered of one cell and turns judgements into
 * alerts that are raised once, get worse, and clear.
 *
 * <p>Time comes in as data, tester time wherever there is one; whatever is remembered is saved, so that a watch that was
 * restored says the same as one that never stopped.
 */
@NullMarked
package io.pouchtwin.twin.alert;

import org.jspecify.annotations.NullMarked;
