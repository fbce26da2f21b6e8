/** Messages on the wire and the topics that carry them; no behaviour. */
@NullMarked
package io.pouchtwin.contracts;

import org.jspecify.annotations.NullMarked;
