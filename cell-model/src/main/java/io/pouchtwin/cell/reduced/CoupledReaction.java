package io.pouchtwin.cell.reduced;

/**
 * Newton's method for the distribution of the reaction where the salt moves with it: the equations of {@link ReactionDistribution} at the end of a sub-step, with the salt of {@link PoreSalt} in them.
 *
 * <p>Every node's salt depends on every node's reaction, so the matrix over the inner faces is full: few rows, eliminated without pivots, since the diagonal dominates.
 */
final class CoupledReaction {
    private final ReducedDesign design;
    private final ReactionDistribution reaction;
    private final PoreSalt poreSalt;
    private final int faces;

    CoupledReaction(ReducedDesign design, ReactionDistribution reaction, PoreSalt poreSalt) {
        this.design = design;
        this.reaction = reaction;
        this.poreSalt = poreSalt;
        faces = design.nodes - 1;
    }

    /** One iteration; potentials must be up to date. */
    void iterate(Workspace w) {
        poreSalt.slopes(w);
        for (int k = 1; k <= faces; k++) {
            reaction.residual(w, k);
            for (int l = 1; l <= faces; l++) {
                saltPart(w, k, l);
            }
            localPart(w, k);
        }
        for (int k = 1; k <= faces; k++) {
            for (int below = k + 1; below <= faces; below++) {
                eliminate(w, k, below);
            }
        }
        for (int k = faces; k >= 1; k--) {
            substitute(w, k);
        }
        reaction.reactions(w);
    }

    /** Slope of face k's equation in the current through face l, through the salt on both sides of face k. */
    private void saltPart(Workspace w, int k, int l) {
        double[] a = w.faceMatrix[k][l];
        double[] after = w.saltCoupling[k][l];
        double[] before = w.saltCoupling[k - 1][l];
        for (int m = 0; m < w.members; m++) {
            a[m] = after[m] - before[m];
        }
    }

    /** Slopes of face k's equation that the fixed salt leaves: its own current's and its neighbours'. */
    private void localPart(Workspace w, int k) {
        double[] rho1 = w.nodeResistance[k - 1];
        double[] rho2 = w.nodeResistance[k];
        double[] s1 = w.potentialSlope[k - 1];
        double[] s2 = w.potentialSlope[k];
        double[] own = w.faceMatrix[k][k];
        double[] before = k > 1 ? w.faceMatrix[k][k - 1] : w.d;
        double[] after = k < faces ? w.faceMatrix[k][k + 1] : w.d;
        double perWidth = 1 / design.nodeWidth;
        for (int m = 0; m < w.members; m++) {
            double a1 = s1[m] * w.perSurface[m] * perWidth;
            double a2 = s2[m] * w.perSurface[m] * perWidth;
            own[m] += Math.fma(rho1[m] + rho2[m], 1.0 / 3, a1 + a2);
            before[m] += Math.fma(rho1[m], 1.0 / 6, -a1);
            after[m] += Math.fma(rho2[m], 1.0 / 6, -a2);
        }
    }

    private void eliminate(Workspace w, int k, int below) {
        int n = w.members;
        double[] pivot = w.faceMatrix[k][k];
        double[] lead = w.faceMatrix[below][k];
        double[] rest = w.faceChange[k];
        double[] target = w.faceChange[below];
        for (int m = 0; m < n; m++) {
            w.a[m] = lead[m] / pivot[m];
            target[m] = Math.fma(-w.a[m], rest[m], target[m]);
        }
        for (int l = k + 1; l <= faces; l++) {
            double[] upper = w.faceMatrix[k][l];
            double[] lower = w.faceMatrix[below][l];
            for (int m = 0; m < n; m++) {
                lower[m] = Math.fma(-w.a[m], upper[m], lower[m]);
            }
        }
    }

    private void substitute(Workspace w, int k) {
        int n = w.members;
        double[] change = w.faceChange[k];
        for (int l = k + 1; l <= faces; l++) {
            double[] upper = w.faceMatrix[k][l];
            double[] known = w.faceChange[l];
            for (int m = 0; m < n; m++) {
                change[m] = Math.fma(-upper[m], known[m], change[m]);
            }
        }
        double[] pivot = w.faceMatrix[k][k];
        double[] face = w.faceCurrent[k];
        for (int m = 0; m < n; m++) {
            change[m] /= pivot[m];
            face[m] -= change[m];
        }
    }
}
