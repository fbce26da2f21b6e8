/** The roles of the program, started alone or together, and what a role that runs alone shows of itself. */
@NullMarked
package io.pouchtwin.app.roles;

import org.jspecify.annotations.NullMarked;
