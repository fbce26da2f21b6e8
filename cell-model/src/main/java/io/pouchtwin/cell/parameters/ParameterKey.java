package io.pouchtwin.cell.parameters;

/**
 * What a key means and which values are plausible for it.
 *
 * @param name group.name
 * @param quantity kind of quantity
 * @param minSi smallest plausible value [SI]
 * @param maxSi largest plausible value [SI]
 * @param need when it must be there
 */
public record ParameterKey(String name, Quantity quantity, double minSi, double maxSi, Need need) {
    /** When a key must be there. */
    public enum Need {
        /** In every cell. */
        ALWAYS,
        /** In every cell with a cathode. */
        WITH_CATHODE,
        /** May be left out; the law's definition says what then holds. */
        OPTIONAL,
        /** Coefficient of the law of its group: needed when the law has it. */
        BY_LAW
    }
}
