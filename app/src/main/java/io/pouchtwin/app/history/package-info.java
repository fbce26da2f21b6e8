/** Measures how fast the history answers. */
@NullMarked
package io.pouchtwin.app.history;

import org.jspecify.annotations.NullMarked;
