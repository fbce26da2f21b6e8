/**
 * The shell around the alert rules: Kafka in, {@code twin.alert} out, exactly once. One stage for each kind of input
 * (states, forecasts, silences), since every rule looks at one kind only: what it says is then a function of one topic's
 * records and not of how two topics happened to interleave. The only clock is in {@link SilenceWatch}, which turns what it
 * sees into records of its own.
 */
@NullMarked
package io.pouchtwin.twin.alerting;

import org.jspecify.annotations.NullMarked;
