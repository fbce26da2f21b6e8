package io.pouchtwin.cell.reduced;

/**
 * How the cathode's reaction current is shared among the nodes through its thickness.
 *
 * <p>Each node's potential between solid and electrolyte is
 *
 * <pre>g_k(j) = U(x_k) + (2 R T / F) asinh( j / (2 i0_k) ),    x_k = surface stoichiometry, a straight line in j</pre>
 *
 * and from node to node it may differ only by what electrolyte and solid drop. With J the current towards the lithium at the faces (J = i at the membrane, 0 at the foil; a w j_k = J_(k-1) - J_k) and J linear
 * inside a node, the means over neighbouring nodes give one equation per inner face:
 *
 * <pre>
 * g_(k+1) - g_k + rho_k (J_(k-1)/6 + J_k/3) + rho_(k+1) (J_k/3 + J_(k+1)/6) - i w / sigma
 *   + 2 (1 - t+) (R T / F) ln(c_(k+1) / c_k) = 0,    rho_k = w (1/kappa_k + 1/sigma)
 * </pre>
 *
 * a system for Newton's method, started from the last distribution: tridiagonal while the salt stays ({@link #iterate}), full where the salt moves with the reaction ({@link CoupledReaction}). The number of iterations
 * is fixed, so nothing branches on data; what is left over after a step is taken up by the next.
 *
 * @see "M. Doyle, T. F. Fuller, J. Newman, J. Electrochem. Soc. 140 (1993) 1526, for the continuum equations"
 */
final class ReactionDistribution {
    private static final double JUMP_C_RATE = 0.1;

    private final ReducedDesign design;
    private final double inverseSolid;
    private final double saltFactor;
    /** A change of current density larger than this is a jump [A/m2]. */
    private final double jump;

    private final double lowestVoltage;
    private final double highestVoltage;

    ReactionDistribution(ReducedDesign design) {
        this.design = design;
        inverseSolid = 1 / design.cell.requireCathode().electronicConductivitySPerM();
        // against 2 R T / F
        saltFactor = 1 - design.cell.electrolyte().transference();
        jump = JUMP_C_RATE * design.oneC / design.cell.areaM2();
        lowestVoltage = design.cell.window().voltageMinV() - 1;
        highestVoltage = design.cell.window().voltageMaxV() + 1;
    }

    /** Rows that stay the same through a sub-step: exchange currents without the salt's factor, resistances, entropy, and the first guess. */
    void prepare(Ensemble e, Workspace w) {
        int n = w.members;
        guess(e, w);
        double[] factor = e.parameter(MemberParameter.CATHODE_EXCHANGE_FACTOR);
        for (int k = 0; k < design.nodes; k++) {
            double[] at = w.surfaceAtZero[k];
            double[] per = w.surfacePerCurrent[k];
            double[] j = w.reaction[k];
            double[] i0 = w.saturatedExchange[k];
            for (int m = 0; m < n; m++) {
                w.a[m] = Math.fma(per[m], j[m], at[m]);
            }
            if (design.hasEntropy) {
                tangent(w, k);
            }
            design.kinetics.row(w.a, w.a, n);
            for (int m = 0; m < n; m++) {
                i0[m] = w.a[m] * factor[m] * w.cathodeFactor[m];
            }
            double[] pore = w.poreResistance[k];
            double[] whole = w.nodeResistance[k];
            for (int m = 0; m < n; m++) {
                whole[m] = Math.fma(design.nodeWidth, inverseSolid, pore[m]);
            }
        }
    }

    /** dU/dT about the surface in w.a as a straight line in the surface's stoichiometry. */
    private void tangent(Workspace w, int k) {
        double[] value = w.entropyAtZero[k];
        double[] slope = w.entropyPerSurface[k];
        design.entropic.row(w.a, value, slope, w.members);
        for (int m = 0; m < w.members; m++) {
            value[m] = Math.fma(-slope[m], w.a[m], value[m]);
        }
    }

    /**
     * The last distribution plus an even share of the change of current. Where the current has fallen by a jump, the last
     * distribution in proportion instead, and where it has turned an even one: what a large current leaves uneven is too much for a small one, and from there the inverse
     * hyperbolic sine of the kinetics throws Newton's method farther out with every step.
     */
    private void guess(Ensemble e, Workspace w) {
        int n = w.members;
        double[] fraction = e.parameter(MemberParameter.ACTIVE_FRACTION_FACTOR);
        for (int m = 0; m < n; m++) {
            w.perSurface[m] = 1.0 / (design.surfacePerVolume * fraction[m]);
            w.a[m] = 0;
        }
        for (int k = 0; k < design.nodes; k++) {
            double[] last = e.state[e.layout.reaction(k)];
            for (int m = 0; m < n; m++) {
                w.a[m] = Math.fma(design.nodeWidth, last[m], w.a[m]);
            }
        }
        double perThickness = 1 / design.thickness;
        for (int m = 0; m < n; m++) {
            double now = w.current[m] * w.perSurface[m];
            double kept = kept(w.a[m], now, jump * w.perSurface[m]);
            w.b[m] = kept;
            w.a[m] = Math.fma(-kept, w.a[m], now) * perThickness;
            w.faceCurrent[0][m] = w.current[m];
            w.faceCurrent[design.nodes][m] = 0;
        }
        for (int k = 0; k < design.nodes; k++) {
            double[] last = e.state[e.layout.reaction(k)];
            double[] j = w.reaction[k];
            for (int m = 0; m < n; m++) {
                j[m] = Math.fma(w.b[m], last[m], w.a[m]);
            }
        }
        for (int k = 0; k < design.nodes - 1; k++) {
            double[] j = w.reaction[k];
            double[] here = w.faceCurrent[k];
            double[] next = w.faceCurrent[k + 1];
            for (int m = 0; m < n; m++) {
                next[m] = here[m] - design.nodeWidth * j[m] / w.perSurface[m];
            }
        }
    }

    /** Share of the last distribution that the guess keeps [1]: all of it while the current stays or grows. Two currents and what is a jump, in one unit. */
    static double kept(double last, double now, double jump) {
        double proportion = last == 0 ? 0 : Math.max(0, Math.min(1, now / last));
        return Math.abs(now - last) > jump ? proportion : 1;
    }

    /** Potentials of all nodes at their present reaction current densities. */
    void potentials(Workspace w) {
        int n = w.members;
        double tRef = design.cell.referenceTemperatureK();
        for (int k = 0; k < design.nodes; k++) {
            double[] j = w.reaction[k];
            double[] i0 = w.exchange[k];
            double[] u = w.voltage[k];
            double[] eta = w.overpotential[k];
            double[] per = w.surfacePerCurrent[k];
            double[] at = w.surfaceAtZero[k];
            double[] g = w.potential[k];
            double[] slope = w.potentialSlope[k];
            for (int m = 0; m < n; m++) {
                w.a[m] = Math.fma(per[m], j[m], at[m]);
                w.c[m] = 0.5 * j[m] / i0[m];
            }
            design.openCircuit.row(w.a, u, w.b, n);
            if (design.hasEntropy) {
                double[] entropy = w.entropyAtZero[k];
                double[] entropySlope = w.entropyPerSurface[k];
                for (int m = 0; m < n; m++) {
                    double above = w.temperature[m] - tRef;
                    u[m] = Math.fma(above, Math.fma(entropySlope[m], w.a[m], entropy[m]), u[m]);
                    w.b[m] = Math.fma(above, entropySlope[m], w.b[m]);
                }
            }
            w.functions.asinh(w.c, eta, n);
            for (int m = 0; m < n; m++) {
                double v = w.twoThermalVoltages[m];
                eta[m] *= v;
                g[m] = u[m] + eta[m];
                // an unsettled node may ask for what no surface can hold; it must not carry voltage and heat away
                u[m] = Math.max(lowestVoltage, Math.min(highestVoltage, u[m]));
                double kinetic = 0.5 * v / (i0[m] * Math.sqrt(Math.fma(w.c[m], w.c[m], 1.0)));
                slope[m] = Math.fma(w.b[m], per[m], kinetic);
            }
        }
    }

    /** One iteration of Newton's method with the salt as it is; potentials must be up to date. */
    void iterate(Workspace w) {
        int n = w.members;
        int faces = design.nodes - 1;
        for (int k = 1; k <= faces; k++) {
            residual(w, k);
            slopes(w, k);
        }
        for (int k = faces; k >= 1; k--) {
            double[] change = w.faceChange[k];
            double[] face = w.faceCurrent[k];
            if (k < faces) {
                double[] after = w.faceChange[k + 1];
                double[] follow = w.faceFollow[k];
                for (int m = 0; m < n; m++) {
                    change[m] = Math.fma(-follow[m], after[m], change[m]);
                }
            }
            for (int m = 0; m < n; m++) {
                face[m] -= change[m];
            }
        }
        reactions(w);
    }

    /** Reaction current densities of the nodes from the currents at their faces. */
    void reactions(Workspace w) {
        double perWidth = 1 / design.nodeWidth;
        for (int k = 0; k < design.nodes; k++) {
            double[] left = w.faceCurrent[k];
            double[] right = w.faceCurrent[k + 1];
            double[] j = w.reaction[k];
            for (int m = 0; m < w.members; m++) {
                j[m] = (left[m] - right[m]) * w.perSurface[m] * perWidth;
            }
        }
    }

    /** What the equation of face k misses, into faceChange[k]. */
    void residual(Workspace w, int k) {
        int n = w.members;
        double[] before = w.faceCurrent[k - 1];
        double[] here = w.faceCurrent[k];
        double[] after = w.faceCurrent[k + 1];
        double[] rho1 = w.nodeResistance[k - 1];
        double[] rho2 = w.nodeResistance[k];
        double[] g1 = w.potential[k - 1];
        double[] g2 = w.potential[k];
        double[] c1 = w.logSalt[k - 1];
        double[] c2 = w.logSalt[k];
        double[] target = w.faceChange[k];
        double solid = design.nodeWidth * inverseSolid;
        for (int m = 0; m < n; m++) {
            double drop = Math.fma(
                    rho1[m],
                    before[m] * (1.0 / 6) + here[m] * (1.0 / 3),
                    rho2[m] * (here[m] * (1.0 / 3) + after[m] * (1.0 / 6)));
            double salt = saltFactor * w.twoThermalVoltages[m] * (c2[m] - c1[m]);
            target[m] = g2[m] - g1[m] + drop - solid * w.current[m] + salt;
        }
    }

    /** Thomas' elimination of face k: the unknown is the change of its current. */
    private void slopes(Workspace w, int k) {
        int n = w.members;
        double[] rho1 = w.nodeResistance[k - 1];
        double[] rho2 = w.nodeResistance[k];
        double[] s1 = w.potentialSlope[k - 1];
        double[] s2 = w.potentialSlope[k];
        double[] rest = w.faceChange[k];
        double[] follow = w.faceFollow[k];
        double[] restBefore = k == 1 ? w.zero : w.faceChange[k - 1];
        double[] followBefore = k == 1 ? w.zero : w.faceFollow[k - 1];
        double perWidth = 1 / design.nodeWidth;
        for (int m = 0; m < n; m++) {
            double a1 = s1[m] * w.perSurface[m] * perWidth;
            double a2 = s2[m] * w.perSurface[m] * perWidth;
            double lower = Math.fma(rho1[m], 1.0 / 6, -a1);
            double diagonal = Math.fma(rho1[m] + rho2[m], 1.0 / 3, a1 + a2);
            double inverse = 1.0 / Math.fma(-lower, followBefore[m], diagonal);
            rest[m] = Math.fma(-lower, restBefore[m], rest[m]) * inverse;
            follow[m] = Math.fma(rho2[m], 1.0 / 6, -a2) * inverse;
        }
    }
}
