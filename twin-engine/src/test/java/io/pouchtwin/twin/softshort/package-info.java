/** Tests. */
@NullMarked
package io.pouchtwin.twin.softshort;

import org.jspecify.annotations.NullMarked;
