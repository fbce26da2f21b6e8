package io.pouchtwin.cell.reduced;

import java.util.Arrays;

/**
 * What the salt in the pores of a node does to its reaction: the mean of c^alpha over the node's volumes multiplies the exchange current density, the mean of ln c enters the potential of the electrolyte.
 *
 * <p>Where pores run dry, ln c falls without bound and the reaction there stops; that is what ends a discharge of a thick cathode. So the salt must follow the reaction within a sub-step. With c_v a straight line in
 * the current J_l through each inner face l ({@link SaltRows#respond}), the slope of a node's potential is
 *
 * <pre>dP_k/dJ_l = (2 R T / F) mean_v( max(0, (1 - t+)/c_v - z/sqrt(1 + z^2) alpha c_v^(alpha-1) / &lt;c^alpha&gt;) dc_v/dJ_l ),   z = j / (2 i0)</pre>
 *
 * <p>(the part that would weaken the restoring force is left out of the slope, not of the equation). Below {@link ReducedDesign#SALT_TANGENT} the logarithm goes on along its tangent, so that Newton's method finds back
 * from a trial that asks for more salt than there is.
 */
final class PoreSalt {
    private static final double PER_TANGENT = 1 / ReducedDesign.SALT_TANGENT;

    private final ReducedDesign design;
    private final double share;
    private final double order;
    private final double saltFactor;

    PoreSalt(ReducedDesign design) {
        this.design = design;
        share = 1.0 / design.saltPerNode;
        order = design.cell.requireCathode().exchangeCurrent().electrolyteExponent();
        // against 2 R T / F
        saltFactor = 1 - design.cell.electrolyte().transference();
    }

    private int volume(int node, int q) {
        return design.membraneCells + node * design.saltPerNode + q;
    }

    /** Exchange current densities and mean logarithms of all nodes from the salt of all volumes; {@link ReactionDistribution#prepare} comes before. */
    void exchange(Workspace w, double[][] relative) {
        for (int k = 0; k < design.nodes; k++) {
            node(w, k, relative);
        }
    }

    private void node(Workspace w, int k, double[][] relative) {
        int n = w.members;
        double[] log = w.logSalt[k];
        Arrays.fill(log, 0, n, 0.0);
        Arrays.fill(w.b, 0, n, 0.0);
        for (int q = 0; q < design.saltPerNode; q++) {
            double[] salt = relative[volume(k, q)];
            double[] held = w.saltHeld[volume(k, q)];
            double[] factor = w.saltKinetics[volume(k, q)];
            for (int m = 0; m < n; m++) {
                held[m] = Math.max(ReducedDesign.SALT_TANGENT, Math.min(ReducedDesign.SALT_MOST, salt[m]));
            }
            design.cathodeSalt.row(held, factor, w.d, n);
            for (int m = 0; m < n; m++) {
                double missing = Math.min(0.0, salt[m] - ReducedDesign.SALT_TANGENT);
                w.b[m] = Math.fma(share, factor[m], w.b[m]);
                log[m] = Math.fma(share, Math.fma(missing, PER_TANGENT, w.d[m]), log[m]);
            }
        }
        double[] i0 = w.exchange[k];
        double[] saturated = w.saturatedExchange[k];
        for (int m = 0; m < n; m++) {
            i0[m] = saturated[m] * w.b[m];
        }
    }

    /** Slopes of the nodes' potentials in the currents through the inner faces, through the salt; {@link #exchange} comes before. */
    void slopes(Workspace w) {
        for (int k = 0; k < design.nodes; k++) {
            for (int l = 1; l < design.nodes; l++) {
                Arrays.fill(w.saltCoupling[k][l], 0, w.members, 0.0);
            }
            saturation(w, k);
            for (int q = 0; q < design.saltPerNode; q++) {
                slope(w, k, volume(k, q));
            }
        }
    }

    /** alpha z/sqrt(1 + z^2) / mean c^alpha, into w.a. */
    private void saturation(Workspace w, int k) {
        double[] i0 = w.exchange[k];
        double[] saturated = w.saturatedExchange[k];
        double[] j = w.reaction[k];
        for (int m = 0; m < w.members; m++) {
            double half = 0.5 * j[m];
            w.a[m] = order * half * saturated[m] / (i0[m] * Math.sqrt(Math.fma(half, half, i0[m] * i0[m])));
        }
    }

    private void slope(Workspace w, int k, int v) {
        int n = w.members;
        double[] held = w.saltHeld[v];
        double[] factor = w.saltKinetics[v];
        for (int m = 0; m < n; m++) {
            double restoring = Math.max(0.0, Math.fma(-w.a[m], factor[m], saltFactor));
            w.b[m] = share * w.twoThermalVoltages[m] * restoring / held[m];
        }
        for (int l = 1; l < design.nodes; l++) {
            double[] per = w.saltPerFace[l][v];
            double[] sum = w.saltCoupling[k][l];
            for (int m = 0; m < n; m++) {
                sum[m] = Math.fma(w.b[m], per[m], sum[m]);
            }
        }
    }
}
