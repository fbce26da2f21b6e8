package io.pouchtwin.cell.reduced;

/** The salt of a {@link ScalarCell} and the reaction that it moves with, written the obvious way. */
final class ScalarPores {
    private final ScalarCell c;
    private final ReducedDesign d;
    private final int volumes;
    private final double[] alone;
    private final double[][] perFace;
    private final double[] held;
    private final double[] kinetics;

    ScalarPores(ScalarCell cell) {
        c = cell;
        d = cell.d;
        volumes = d.membraneCells + d.nodes * d.saltPerNode;
        alone = new double[volumes];
        perFace = new double[d.nodes][volumes];
        held = new double[volumes];
        kinetics = new double[volumes];
    }

    /** The salt at the end of a sub-step as a straight line in the currents through the inner faces. */
    void respond(double h) {
        double[] inverse = new double[volumes];
        double[] conductance = new double[volumes];
        double[] follow = new double[volumes];
        double carry = 0;
        double pushed = -c.perCharge() * h * c.i;
        for (int v = 0; v < volumes; v++) {
            boolean last = v == volumes - 1;
            double d1 = c.diffusivity[v];
            double d2 = last ? d1 : c.diffusivity[v + 1];
            double w1 = 0.5 * c.width(v);
            double w2 = last ? w1 : 0.5 * c.width(v + 1);
            conductance[v] = (last ? 0 : h) * d1 * d2 / (w1 * d2 + w2 * d1);
            inverse[v] = 1.0 / (c.capacity(v) + carry + conductance[v]);
            follow[v] = conductance[v] * inverse[v];
            double enters = Math.fma(source(v, 0, h), c.i, pushed);
            alone[v] = Math.fma(c.capacity(v), c.salt[v], enters) * inverse[v];
            pushed = conductance[v] * alone[v];
            carry = Math.fma(-conductance[v], follow[v], conductance[v]);
        }
        substitute(alone, follow);
        for (int l = 1; l < d.nodes; l++) {
            double before = 0;
            for (int v = 0; v < volumes; v++) {
                perFace[l][v] = (before + source(v, l, h) - source(v, l - 1, h)) * inverse[v];
                before = conductance[v] * perFace[l][v];
            }
            substitute(perFace[l], follow);
        }
    }

    /** Salt that a current into the node brings to the volume. */
    private double source(int v, int node, double h) {
        return node(v) == node ? c.perCharge() * h / d.saltPerNode : 0;
    }

    private int node(int v) {
        return v < d.membraneCells ? -1 : (v - d.membraneCells) / d.saltPerNode;
    }

    private void substitute(double[] salt, double[] follow) {
        for (int v = volumes - 2; v >= 0; v--) {
            salt[v] = Math.fma(follow[v], salt[v + 1], salt[v]);
        }
    }

    /** Salt at the end of the sub-step under the present distribution. */
    double[] after() {
        double[] salt = alone.clone();
        for (int v = 0; v < volumes; v++) {
            for (int l = 1; l < d.nodes; l++) {
                salt[v] = Math.fma(perFace[l][v], c.face[l], salt[v]);
            }
        }
        return salt;
    }

    /** Exchange current densities and logarithms of the nodes from the salt. */
    void exchange(double[] salt) {
        double share = 1.0 / d.saltPerNode;
        double tangent = ReducedDesign.SALT_TANGENT;
        for (int k = 0; k < d.nodes; k++) {
            double factor = 0;
            double log = 0;
            for (int q = 0; q < d.saltPerNode; q++) {
                int v = d.membraneCells + k * d.saltPerNode + q;
                held[v] = ScalarCell.within(tangent, ReducedDesign.SALT_MOST, salt[v]);
                double[] pair = ScalarCell.look(d.cathodeSalt, held[v]);
                kinetics[v] = pair[0];
                factor = Math.fma(share, pair[0], factor);
                double missing = Math.min(0.0, salt[v] - tangent);
                log = Math.fma(share, Math.fma(missing, 1 / tangent, pair[1]), log);
            }
            c.i0[k] = c.saturated[k] * factor;
            c.logSalt[k] = log;
        }
    }

    /** One iteration of Newton's method in which the salt moves with the reaction. */
    void newton() {
        double[][] coupling = coupling();
        int faces = d.nodes - 1;
        double[][] a = new double[d.nodes][d.nodes + 1];
        double[] change = new double[d.nodes];
        double perWidth = 1 / d.nodeWidth;
        for (int k = 1; k <= faces; k++) {
            change[k] = c.residual(k);
            for (int l = 1; l <= faces; l++) {
                a[k][l] = coupling[k][l] - coupling[k - 1][l];
            }
            double a1 = c.slope[k - 1] * c.perSurface() * perWidth;
            double a2 = c.slope[k] * c.perSurface() * perWidth;
            a[k][k] += Math.fma(c.rho[k - 1] + c.rho[k], 1.0 / 3, a1 + a2);
            a[k][k - 1] += Math.fma(c.rho[k - 1], 1.0 / 6, -a1);
            a[k][k + 1] += Math.fma(c.rho[k], 1.0 / 6, -a2);
        }
        for (int k = 1; k <= faces; k++) {
            for (int below = k + 1; below <= faces; below++) {
                double share = a[below][k] / a[k][k];
                change[below] = Math.fma(-share, change[k], change[below]);
                for (int l = k + 1; l <= faces; l++) {
                    a[below][l] = Math.fma(-share, a[k][l], a[below][l]);
                }
            }
        }
        for (int k = faces; k >= 1; k--) {
            for (int l = k + 1; l <= faces; l++) {
                change[k] = Math.fma(-a[k][l], change[l], change[k]);
            }
            change[k] /= a[k][k];
            c.face[k] -= change[k];
        }
        c.reactions();
    }

    private double[][] coupling() {
        double[][] coupling = new double[d.nodes][d.nodes];
        double share = 1.0 / d.saltPerNode;
        double order = d.cell.requireCathode().exchangeCurrent().electrolyteExponent();
        double saltFactor = 1 - d.cell.electrolyte().transference();
        for (int k = 0; k < d.nodes; k++) {
            double half = 0.5 * c.j[k];
            double saturation =
                    order * half * c.saturated[k] / (c.i0[k] * Math.sqrt(Math.fma(half, half, c.i0[k] * c.i0[k])));
            for (int q = 0; q < d.saltPerNode; q++) {
                int v = d.membraneCells + k * d.saltPerNode + q;
                double restoring = Math.max(0.0, Math.fma(-saturation, kinetics[v], saltFactor));
                double slope = share * c.vt2 * restoring / held[v];
                for (int l = 1; l < d.nodes; l++) {
                    coupling[k][l] = Math.fma(slope, perFace[l][v], coupling[k][l]);
                }
            }
        }
        return coupling;
    }
}
