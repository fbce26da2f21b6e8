/** How far the twin may be believed: the statistics of its innovations. */
@NullMarked
package io.pouchtwin.twin.trust;

import org.jspecify.annotations.NullMarked;
