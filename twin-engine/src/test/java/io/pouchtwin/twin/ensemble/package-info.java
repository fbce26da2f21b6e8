/** Tests. */
@NullMarked
package io.pouchtwin.twin.ensemble;

import org.jspecify.annotations.NullMarked;
