/** Promises of the ageing laws. */
@NullMarked
package io.pouchtwin.cell.ageing;

import org.jspecify.annotations.NullMarked;
