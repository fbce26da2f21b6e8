/**
 * Soft shorts: current that passes through the cell and not past the tester. Two independent signs are watched, each
 * against the cell's own habit, and a short is called only when both speak: charge taken in excess of charge returned
 * (which an offset of the current sensor can mimic), and voltage that falls at rest (which it cannot).
 */
@NullMarked
package io.pouchtwin.twin.softshort;

import org.jspecify.annotations.NullMarked;
