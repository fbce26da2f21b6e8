/**
 * Other filters of the same reduced-order cell, only to compare the twin's with: an extended and an unscented Kalman filter,
 * with the same prior, the same model error, the same noise of the tester and the same rules for wild readings and for
 * starting again.
 */
@NullMarked
package io.pouchtwin.twin.validation.filters;

import org.jspecify.annotations.NullMarked;
