/**
 * The reference that the reduced stability model is held against: deposition of lithium over a long time in two dimensions, by finite elements, with the lithium's surface moving. Slow; for validation only.
 */
@NullMarked
package io.pouchtwin.cell.risk.deposition;

import org.jspecify.annotations.NullMarked;
