/**
 * Whether the twin's estimates are as good as it says: it runs on samples of cells of the full-order model, with
 * parameters drawn from their spread and with the noise of a tester, and is compared with what those cells really are.
 */
@NullMarked
package io.pouchtwin.twin.validation;

import org.jspecify.annotations.NullMarked;
