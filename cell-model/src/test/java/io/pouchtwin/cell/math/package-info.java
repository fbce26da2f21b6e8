/** Tests of the functions and draws that give the same bits everywhere. */
@NullMarked
package io.pouchtwin.cell.math;

import org.jspecify.annotations.NullMarked;
