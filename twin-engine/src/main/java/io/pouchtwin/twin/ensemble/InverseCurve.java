package io.pouchtwin.twin.ensemble;

import io.pouchtwin.cell.reduced.ReducedCell;

/** The stoichiometry that an open-circuit voltage belongs to, as straight pieces of equal height; beyond its ends the end's. */
final class InverseCurve {
    private static final int PIECES = 4096;
    private final double lowestV;
    private final double perVolt;
    private final double[] nodes = new double[PIECES + 1];

    InverseCurve(ReducedCell cell, double lowestV, double highestV) {
        this.lowestV = lowestV;
        this.perVolt = PIECES / (highestV - lowestV);
        for (int i = 0; i <= PIECES; i++) {
            nodes[i] = cell.restStoichiometry(lowestV + i / perVolt);
        }
    }

    /** Where the curve begins [V]. */
    double lowestV() {
        return lowestV;
    }

    /** Stoichiometry [1] at a voltage [V]. */
    double stoichiometry(double voltageV) {
        double place = Math.max(0, Math.min(PIECES, (voltageV - lowestV) * perVolt));
        int i = Math.min(PIECES - 1, (int) place);
        return Math.fma(place - i, nodes[i + 1] - nodes[i], nodes[i]);
    }
}
