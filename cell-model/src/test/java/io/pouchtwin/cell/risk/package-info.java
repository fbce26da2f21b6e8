/** Tests of the views on shorts. */
@NullMarked
package io.pouchtwin.cell.risk;

import org.jspecify.annotations.NullMarked;
