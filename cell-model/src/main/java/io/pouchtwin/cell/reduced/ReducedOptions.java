package io.pouchtwin.cell.reduced;

/**
 * How finely the reduced model resolves the cell.
 *
 * @param nodes particles through the cathode's thickness, at least 1
 * @param shells of each particle, at least 4
 * @param membraneCells volumes of the membrane, at least 1
 * @param grading width of a node over that of its neighbour on the membrane's side
 */
public record ReducedOptions(int nodes, int shells, int membraneCells, double grading) {
    /** What the measurements against the full order ask for. */
    public static final ReducedOptions STANDARD = new ReducedOptions(4, 20, 2, 1.0);

    /** Refuses what cannot be built. */
    public ReducedOptions {
        if (nodes < 1 || shells < 4 || membraneCells < 1 || !(grading > 0.1 && grading < 10)) {
            throw new IllegalArgumentException("nodes " + nodes + ", shells " + shells + ", membraneCells "
                    + membraneCells + ", grading " + grading + ": expected >= 1, >= 4, >= 1, 0.1 to 10");
        }
    }

    /** The same with another number of nodes. */
    public ReducedOptions withNodes(int other) {
        return new ReducedOptions(other, shells, membraneCells, grading);
    }
}
