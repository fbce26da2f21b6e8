/** What a twin keeps of the running cycle beside the ensemble: sums, rests, resistances of steps, and whether readings are news. */
@NullMarked
package io.pouchtwin.twin.cycle;

import org.jspecify.annotations.NullMarked;
