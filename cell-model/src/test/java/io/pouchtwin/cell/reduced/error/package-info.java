/** Tests of the measured model error. */
@NullMarked
package io.pouchtwin.cell.reduced.error;

import org.jspecify.annotations.NullMarked;
