package io.pouchtwin.cell.reduced;

import io.pouchtwin.cell.PhysicalConstants;
import java.util.Arrays;

/**
 * Salt in membrane and pores, relative to the initial concentration, for all members at once.
 *
 * <pre>
 * eps dc/dt = d/dx( D dc/dx ) + (1 - t+) a j / F,    D dc/dx = (1 - t+) i / F at the lithium,  0 at the foil
 * </pre>
 *
 * <p>with x from the lithium on and i positive on charge: finite volumes (a few in the membrane, a few per node of the cathode, whose reaction is even within the node), backward Euler, D and kappa of the beginning of the sub-step. Salt is conserved to rounding as
 * long as none of it is held at its bounds.
 *
 * @see "M. Doyle, T. F. Fuller, J. Newman, J. Electrochem. Soc. 140 (1993) 1526"
 */
final class SaltRows {
    private final ReducedDesign design;
    private final int membraneCells;
    private final int volumes;
    private final double[] width;
    private final double[] capacity;
    private final double[] efficiency;
    /** (1 - t+) / (F c0) [m3/C]. */
    private final double perCharge;

    SaltRows(ReducedDesign design) {
        this.design = design;
        membraneCells = design.membraneCells;
        volumes = membraneCells + design.nodes * design.saltPerNode;
        width = new double[volumes];
        capacity = new double[volumes];
        efficiency = new double[volumes];
        var membrane = design.cell.membrane();
        var pores = design.cell.requireCathode().layer();
        for (int v = 0; v < volumes; v++) {
            boolean inMembrane = v < membraneCells;
            width[v] = inMembrane ? design.membraneCellWidth : design.nodeWidth / design.saltPerNode;
            capacity[v] = width[v] * (inMembrane ? membrane.porosity() : pores.porosity());
            efficiency[v] = inMembrane ? membrane.transportEfficiency() : pores.transportEfficiency();
        }
        var electrolyte = design.cell.electrolyte();
        perCharge = (1 - electrolyte.transference())
                / (PhysicalConstants.FARADAY_C_PER_MOL * electrolyte.concentrationMolPerM3());
    }

    /** Conductivities, diffusivities and the salt at the lithium's face; temperature and current rows must be up to date. */
    void properties(Ensemble e, Workspace w) {
        int n = w.members;
        double[] pores = e.parameter(MemberParameter.PORE_TRANSPORT_FACTOR);
        double[] membrane = e.parameter(MemberParameter.MEMBRANE_RESISTANCE_FACTOR);
        double[] resistance = w.membraneResistance;
        Arrays.fill(resistance, 0, n, 0.0);
        for (double[] pore : w.poreResistance) {
            Arrays.fill(pore, 0, n, 0.0);
        }
        for (int v = 0; v < volumes; v++) {
            double[] salt = e.state[e.layout.salt(v)];
            double[] held = w.saltRelative[v];
            for (int m = 0; m < n; m++) {
                held[m] = Math.max(ReducedDesign.SALT_LEAST, Math.min(ReducedDesign.SALT_MOST, salt[m]));
                w.a[m] = 1;
                w.b[m] = 1;
            }
            if (design.transportVaries) {
                design.conductivityShape.row(held, w.a, n);
                design.diffusivityShape.row(held, w.b, n);
            }
            double kappa = design.conductivityReference * efficiency[v] / width[v];
            double diffusivity = design.saltDiffusivityReference * efficiency[v];
            double[] d = w.saltDiffusivity[v];
            boolean inMembrane = v < membraneCells;
            double[] target = inMembrane ? resistance : w.poreResistance[(v - membraneCells) / design.saltPerNode];
            for (int m = 0; m < n; m++) {
                double factor = inMembrane ? 1.0 / membrane[m] : pores[m];
                target[m] += 1.0 / (kappa * w.a[m] * w.conductivityFactor[m] * factor);
                d[m] = diffusivity * w.b[m] * w.saltFactor[m] * factor;
            }
        }
        lithiumFace(w);
    }

    /** Salt at the face of the lithium: the first volume's, less the gradient that the current needs. */
    private void lithiumFace(Workspace w) {
        double half = 0.5 * width[0] * perCharge;
        double[] first = w.saltRelative[0];
        double[] d = w.saltDiffusivity[0];
        for (int m = 0; m < w.members; m++) {
            double r = first[m] - half * w.current[m] / d[m];
            w.saltAtLithium[m] = Math.max(ReducedDesign.SALT_LEAST, Math.min(ReducedDesign.SALT_MOST, r));
        }
        design.lithiumSalt.row(w.saltAtLithium, w.saltFactorLithium, w.logSaltLithium, w.members);
    }

    /** Moves the salt over h seconds under the currents at the nodes' faces. */
    void advance(Ensemble e, Workspace w, double h) {
        int n = w.members;
        double[] flow = w.carry;
        double[] pushed = w.pushed;
        for (int m = 0; m < n; m++) {
            flow[m] = 0;
            pushed[m] = -perCharge * h * w.current[m];
        }
        for (int v = 0; v < volumes; v++) {
            eliminate(e.state[e.layout.salt(v)], w, v, h);
        }
        double[] saturated = e.output(Output.SATURATED);
        for (int v = volumes - 1; v >= 0; v--) {
            double[] salt = e.state[e.layout.salt(v)];
            double[] outside = v + 1 < volumes ? e.state[e.layout.salt(v + 1)] : w.zero;
            double[] rest = w.solveRest[v];
            double[] follow = w.solveFollow[v];
            for (int m = 0; m < n; m++) {
                double free = Math.fma(follow[m], outside[m], rest[m]);
                double held = Math.max(ReducedDesign.SALT_LEAST, Math.min(ReducedDesign.SALT_MOST, free));
                saturated[m] = Math.max(saturated[m], Math.min(1.0, Math.abs(free - held) * 1e9));
                salt[m] = held;
            }
        }
    }

    private void eliminate(double[] salt, Workspace w, int v, double h) {
        int n = w.members;
        boolean last = v == volumes - 1;
        double[] d1 = w.saltDiffusivity[v];
        double[] d2 = last ? d1 : w.saltDiffusivity[v + 1];
        double w1 = 0.5 * width[v];
        double w2 = last ? w1 : 0.5 * width[v + 1];
        double open = last ? 0 : h;
        double source = perCharge * h / design.saltPerNode;
        int node = (v - membraneCells) / design.saltPerNode;
        double[] in = v < membraneCells ? w.zero : w.faceCurrent[node];
        double[] out = v < membraneCells ? w.zero : w.faceCurrent[node + 1];
        double[] rest = w.solveRest[v];
        double[] follow = w.solveFollow[v];
        double[] carry = w.carry;
        double[] pushed = w.pushed;
        double volume = capacity[v];
        for (int m = 0; m < n; m++) {
            double g = open * d1[m] * d2[m] / (w1 * d2[m] + w2 * d1[m]);
            double inverse = 1.0 / (volume + carry[m] + g);
            double r = (Math.fma(volume, salt[m], pushed[m]) + source * (in[m] - out[m])) * inverse;
            double f = g * inverse;
            rest[m] = r;
            follow[m] = f;
            pushed[m] = g * r;
            carry[m] = Math.fma(-g, f, g);
        }
    }
}
