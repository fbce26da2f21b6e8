/** What a twin keeps of the running cycle beside the ensemble: sums, rests, resistances of steps, and whether readings are news; and how much single cycles of a cell scatter. */
@NullMarked
package io.pouchtwin.twin.cycle;

import org.jspecify.annotations.NullMarked;
