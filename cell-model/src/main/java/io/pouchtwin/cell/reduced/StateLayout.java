package io.pouchtwin.cell.reduced;

/**
 * Which row of the state holds what.
 *
 * <p>In this order: stoichiometry of every shell (node by node, each from the centre out); salt relative to the initial concentration (membrane from the lithium on, then pores); reaction current density of every
 * node [A/m2 of particle surface]; core temperature [K]; surface temperature [K]; lithium that can be stripped [mol/m2].
 *
 * @param nodes particles through the thickness
 * @param shells of each particle
 * @param membraneCells volumes of the membrane
 * @param saltPerNode volumes of salt in each node's pores
 */
public record StateLayout(int nodes, int shells, int membraneCells, int saltPerNode) {
    /** Row of a shell's stoichiometry; shell 0 is the innermost. */
    public int stoichiometry(int node, int shell) {
        return node * shells + shell;
    }

    /** Row of the salt in a volume; 0 is at the lithium, membraneCells is the first of the pores. */
    public int salt(int volume) {
        return nodes * shells + volume;
    }

    /** Number of volumes of salt. */
    public int saltVolumes() {
        return membraneCells + nodes * saltPerNode;
    }

    /** Row of a node's reaction current density. */
    public int reaction(int node) {
        return nodes * shells + saltVolumes() + node;
    }

    /** Row of the temperature that the electrochemistry feels. */
    public int coreTemperature() {
        return reaction(nodes);
    }

    /** Row of the temperature where a sensor sits. */
    public int surfaceTemperature() {
        return reaction(nodes) + 1;
    }

    /** Row of the lithium that can be stripped. */
    public int inventory() {
        return reaction(nodes) + 2;
    }

    /** Number of rows. */
    public int rows() {
        return reaction(nodes) + 3;
    }
}
