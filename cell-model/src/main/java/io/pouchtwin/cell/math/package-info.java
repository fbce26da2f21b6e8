/**
 * Elementary functions and random draws that give the same bits on every machine, JDK and thread.
 *
 * <p>{@code Math.exp} and its like may be computed by whatever the virtual machine has at hand, so two JDKs may disagree in the last bit; a twin that must be replayable to the bit cannot use them.
 * Here everything is built from operations whose result the language fixes: {@code + - * /}, {@code Math.fma}, {@code Math.sqrt}, {@code Math.abs}, {@code Math.min}, {@code Math.max} and moves of bits.
 * {@link io.pouchtwin.cell.math.Elementary} is the scalar form, {@link io.pouchtwin.cell.math.ElementaryRows} the form over rows; both give the same bits, whatever the length of the row.
 */
@NullMarked
package io.pouchtwin.cell.math;

import org.jspecify.annotations.NullMarked;
