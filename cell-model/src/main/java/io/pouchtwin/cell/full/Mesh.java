package io.pouchtwin.cell.full;

/**
 * How finely the cell is resolved.
 *
 * @param membraneCells finite volumes through the membrane
 * @param cathodeCells finite volumes (and particles) through the cathode
 * @param shells finite volumes along a particle's radius, finer towards the surface
 */
public record Mesh(int membraneCells, int cathodeCells, int shells) {
    /** For comparison with a reference and as the truth of the validation. */
    public static final Mesh REFERENCE = new Mesh(8, 48, 36);

    /** Within a millivolt of the reference at moderate rates and several times faster; for many virtual cells at once. */
    public static final Mesh COARSE = new Mesh(4, 8, 16);

    /** Refuses what cannot be solved. */
    public Mesh {
        if (membraneCells < 2 || cathodeCells < 2 || shells < 4 || shells > 1000 || cathodeCells > 1000) {
            throw new IllegalArgumentException("mesh: " + membraneCells + ", " + cathodeCells + ", " + shells
                    + ", expected at least 2, 2, 4 and at most 1000");
        }
    }
}
