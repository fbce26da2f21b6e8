package io.pouchtwin.history.schema;

/** What a column holds; the constant's name is the database's own. */
public enum ColumnType {
    /** A number; null where it is not known or not finite. */
    DOUBLE,
    /** A count or an ordinal. */
    LONG,
    /** Yes or no. */
    BOOLEAN,
    /** A text of which there are few different ones: a name or an enum's word. */
    SYMBOL,
    /** Any text. */
    VARCHAR
}
