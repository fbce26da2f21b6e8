package io.pouchtwin.cell.full;

/**
 * Everything in the cell that changes within a step: differential states (salt, particle filling, temperatures) and the algebraic ones
 * that belong to them (potentials, reaction, current).
 */
final class FieldState {
    /** Salt concentration over the initial one, membrane first, then cathode [-]. */
    final double[] salt;
    /** Stoichiometry in shell r of the particle of cathode cell m, at [m * shells + r]. */
    final double[] filling;
    /** Potential of the electrolyte against the lithium metal [V]. */
    final double[] electrolytePotential;
    /** Potential of the solid against the lithium metal; unused in the membrane [V]. */
    final double[] solidPotential;
    /** Reaction current density per particle surface, positive when lithium leaves the particle [A/m2]. */
    final double[] reaction;
    /** Surface stoichiometry of each particle. */
    final double[] surface;
    /** Temperature of the stack and of the outer surface [K]. */
    double coreK;

    double outerK;
    /** Current density inside the cell, positive on discharge [A/m2]. */
    double current;
    /** Voltage at the terminals [V]. */
    double voltage;
    /** Heat released in the cell [W/m2]. */
    double heat;

    FieldState(Mesh mesh) {
        int n = mesh.membraneCells() + mesh.cathodeCells();
        salt = new double[n];
        electrolytePotential = new double[n];
        solidPotential = new double[n];
        reaction = new double[mesh.cathodeCells()];
        surface = new double[mesh.cathodeCells()];
        filling = new double[mesh.cathodeCells() * mesh.shells()];
    }

    void copyFrom(FieldState other) {
        copy(other.salt, salt);
        copy(other.filling, filling);
        copy(other.electrolytePotential, electrolytePotential);
        copy(other.solidPotential, solidPotential);
        copy(other.reaction, reaction);
        copy(other.surface, surface);
        coreK = other.coreK;
        outerK = other.outerK;
        current = other.current;
        voltage = other.voltage;
        heat = other.heat;
    }

    private static void copy(double[] from, double[] to) {
        System.arraycopy(from, 0, to, 0, to.length);
    }

    /** Numbers that {@link #save} writes. */
    int size() {
        return 3 * salt.length + filling.length + 2 * reaction.length + 5;
    }

    int save(double[] into, int offset) {
        int at = offset;
        for (double[] part : parts()) {
            System.arraycopy(part, 0, into, at, part.length);
            at += part.length;
        }
        into[at++] = coreK;
        into[at++] = outerK;
        into[at++] = current;
        into[at++] = voltage;
        into[at++] = heat;
        return at;
    }

    int restore(double[] from, int offset) {
        int at = offset;
        for (double[] part : parts()) {
            System.arraycopy(from, at, part, 0, part.length);
            at += part.length;
        }
        coreK = from[at++];
        outerK = from[at++];
        current = from[at++];
        voltage = from[at++];
        heat = from[at++];
        return at;
    }

    private double[][] parts() {
        return new double[][] {salt, filling, electrolytePotential, solidPotential, reaction, surface};
    }
}
