/** Tests. */
@NullMarked
package io.pouchtwin.twin.trust;

import org.jspecify.annotations.NullMarked;
