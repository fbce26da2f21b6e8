/** Promises of the calibration. */
@NullMarked
package io.pouchtwin.cell.calibration;

import org.jspecify.annotations.NullMarked;
