/** Tests. */
@NullMarked
package io.pouchtwin.twin.engine;

import org.jspecify.annotations.NullMarked;
