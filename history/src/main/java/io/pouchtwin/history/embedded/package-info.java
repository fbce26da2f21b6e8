/** A QuestDB server in this process, for a machine on which nobody runs a database. */
@NullMarked
package io.pouchtwin.history.embedded;

import org.jspecify.annotations.NullMarked;
