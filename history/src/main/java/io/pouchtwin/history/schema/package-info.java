/**
 * Which messages become which rows of which tables.
 *
 * <p>Columns are derived from the Protobuf descriptors, so that a field added to a message becomes a column of the same name: nested fields are joined by
 * {@code _}, and the {@code value} of an estimate has the estimate's own name ({@code soc}, {@code soc_sigma}).
 */
@NullMarked
package io.pouchtwin.history.schema;

import org.jspecify.annotations.NullMarked;
