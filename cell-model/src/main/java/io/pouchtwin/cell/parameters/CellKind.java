package io.pouchtwin.cell.parameters;

/** What is assembled in the cell. */
public enum CellKind {
    /** Lithium metal | membrane | porous cathode. */
    HALF_CELL("half-cell"),
    /** Lithium | membrane | lithium. */
    SYMMETRIC("symmetric"),
    /** Lithium | membrane | copper. */
    LITHIUM_COPPER("lithium-copper");

    private final String label;

    CellKind(String label) {
        this.label = label;
    }

    /** As written in a parameter file. */
    public String label() {
        return label;
    }
}
