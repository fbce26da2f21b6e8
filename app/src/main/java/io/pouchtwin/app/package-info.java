/** The {@code pouchtwin} command: all roles in one process, or one role each. */
@NullMarked
package io.pouchtwin.app;

import org.jspecify.annotations.NullMarked;
