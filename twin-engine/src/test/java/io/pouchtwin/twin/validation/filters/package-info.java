@NullMarked
package io.pouchtwin.twin.validation.filters;

import org.jspecify.annotations.NullMarked;
