/** Tests. */
@NullMarked
package io.pouchtwin.twin;

import org.jspecify.annotations.NullMarked;
