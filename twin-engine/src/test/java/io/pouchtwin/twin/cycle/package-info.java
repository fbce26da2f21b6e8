/** Tests. */
@NullMarked
package io.pouchtwin.twin.cycle;

import org.jspecify.annotations.NullMarked;
