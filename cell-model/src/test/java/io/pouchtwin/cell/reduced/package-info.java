/** Tests of the reduced-order cell. */
@NullMarked
package io.pouchtwin.cell.reduced;

import org.jspecify.annotations.NullMarked;
