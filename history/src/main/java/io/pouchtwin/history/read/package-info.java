/** Out of the database: the past of a cell down-sampled to as many points as a chart needs, and tables to take away. */
@NullMarked
package io.pouchtwin.history.read;

import org.jspecify.annotations.NullMarked;
