/**
 * Recorded files as if a tester sent them: Battery Data Format CSV to {@code telemetry.raw}.
 *
 * @see "Battery Data Alliance, Battery Data Format, ontology 1.3.0"
 */
@NullMarked
package io.pouchtwin.gateway.replay;

import org.jspecify.annotations.NullMarked;
