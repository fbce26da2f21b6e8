/** Tests. */
@NullMarked
package io.pouchtwin.twin.validation;

import org.jspecify.annotations.NullMarked;
