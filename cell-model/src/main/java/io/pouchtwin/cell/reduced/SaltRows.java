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
 * <p>with x from the lithium on and i positive on charge: finite volumes (a few in the membrane, a few per node of the cathode, whose reaction is even within the node), backward Euler, D and kappa of the beginning of the sub-step. That makes the salt at the end of a
 * sub-step a straight line in the currents through the faces between the nodes, which the reaction's equations use ({@link PoreSalt}). Salt is conserved to rounding as long as none of it is held at its bounds.
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
            }
        }
        if (design.transportVaries) {
            for (int v = 0; v < volumes; v++) {
                varying(w, v, pores, membrane);
            }
        } else {
            inMembrane(w, membrane);
            inPores(w, pores);
        }
        lithiumFace(w);
    }

    /** Transport in a volume by laws of its salt. */
    private void varying(Workspace w, int v, double[] pores, double[] membrane) {
        int n = w.members;
        design.conductivityShape.row(w.saltRelative[v], w.a, n);
        design.diffusivityShape.row(w.saltRelative[v], w.b, n);
        double kappa = design.conductivityReference * efficiency[v] / width[v];
        double diffusivity = design.saltDiffusivityReference * efficiency[v];
        double[] d = w.saltDiffusivity[v];
        boolean inMembrane = v < membraneCells;
        double[] target =
                inMembrane ? w.membraneResistance : w.poreResistance[(v - membraneCells) / design.saltPerNode];
        for (int m = 0; m < n; m++) {
            double factor = inMembrane ? 1.0 / membrane[m] : pores[m];
            target[m] += 1.0 / (kappa * w.a[m] * w.conductivityFactor[m] * factor);
            d[m] = diffusivity * w.b[m] * w.saltFactor[m] * factor;
        }
    }

    /** Transport in the membrane where the laws do not depend on the salt: all volumes alike. */
    private void inMembrane(Workspace w, double[] factor) {
        double perResistance = design.conductivityReference * efficiency[0] / (width[0] * membraneCells);
        double diffusivity = design.saltDiffusivityReference * efficiency[0];
        double[] d = w.saltDiffusivity[0];
        for (int m = 0; m < w.members; m++) {
            w.membraneResistance[m] = factor[m] / (perResistance * w.conductivityFactor[m]);
            d[m] = diffusivity * w.saltFactor[m] / factor[m];
        }
        for (int v = 1; v < membraneCells; v++) {
            System.arraycopy(d, 0, w.saltDiffusivity[v], 0, w.members);
        }
    }

    /** The same in the pores, for all nodes alike. */
    private void inPores(Workspace w, double[] factor) {
        int first = membraneCells;
        double perResistance = design.conductivityReference * efficiency[first] / (width[first] * design.saltPerNode);
        double diffusivity = design.saltDiffusivityReference * efficiency[first];
        double[] d = w.saltDiffusivity[first];
        double[] resistance = w.poreResistance[0];
        for (int m = 0; m < w.members; m++) {
            resistance[m] = 1.0 / (perResistance * w.conductivityFactor[m] * factor[m]);
            d[m] = diffusivity * w.saltFactor[m] * factor[m];
        }
        for (int v = first + 1; v < volumes; v++) {
            System.arraycopy(d, 0, w.saltDiffusivity[v], 0, w.members);
        }
        for (int k = 1; k < design.nodes; k++) {
            System.arraycopy(resistance, 0, w.poreResistance[k], 0, w.members);
        }
    }

    /** Salt at the face of the lithium: the first volume's, less the gradient that the current needs. */
    private void lithiumFace(Workspace w) {
        double half = 0.5 * width[0] * perCharge;
        double[] first = w.saltRelative[0];
        double[] d = w.saltDiffusivity[0];
        for (int m = 0; m < w.members; m++) {
            double r = first[m] - half * w.current[m] / d[m];
            w.saltAtLithium[m] = Math.max(ReducedDesign.SALT_RESIDUAL, Math.min(ReducedDesign.SALT_MOST, r));
        }
        design.lithiumSalt.row(w.saltAtLithium, w.saltFactorLithium, w.logSaltLithium, w.members);
    }

    /** What becomes of the salt over h seconds: were the whole reaction in the node at the membrane, and per current that passes on through each inner face. */
    void respond(Ensemble e, Workspace w, double h) {
        int n = w.members;
        double[] rate = e.parameter(MemberParameter.SALT_RATE_FACTOR);
        Arrays.fill(w.carry, 0, n, 0.0);
        for (int m = 0; m < n; m++) {
            double time = h * rate[m];
            double moved = perCharge * time;
            w.saltTime[m] = time;
            w.pushed[m] = -moved * w.current[m];
            w.saltSource[m] = moved / design.saltPerNode;
        }
        for (int v = 0; v < volumes; v++) {
            eliminate(e.state[e.layout.salt(v)], w, v);
        }
        substitute(w, w.saltAlone);
        for (int l = 1; l < design.nodes; l++) {
            perFace(w, l);
        }
    }

    private void eliminate(double[] salt, Workspace w, int v) {
        int n = w.members;
        boolean last = v == volumes - 1;
        double[] d1 = w.saltDiffusivity[v];
        double[] d2 = last ? d1 : w.saltDiffusivity[v + 1];
        double w1 = 0.5 * width[v];
        double w2 = last ? w1 : 0.5 * width[v + 1];
        double[] open = last ? w.zero : w.saltTime;
        double[] inverses = w.saltInverse[v];
        double[] conductance = w.saltConductance[v];
        double[] follow = w.saltFollow[v];
        double[] alone = w.saltAlone[v];
        double[] carry = w.carry;
        double[] pushed = w.pushed;
        double volume = capacity[v];
        boolean atMembrane = v >= membraneCells && v < membraneCells + design.saltPerNode;
        double[] enters = atMembrane ? w.saltSource : w.zero;
        for (int m = 0; m < n; m++) {
            double g = open[m] * d1[m] * d2[m] / (w1 * d2[m] + w2 * d1[m]);
            double inverse = 1.0 / (volume + carry[m] + g);
            double f = g * inverse;
            double r = Math.fma(volume, salt[m], Math.fma(enters[m], w.current[m], pushed[m])) * inverse;
            conductance[m] = g;
            inverses[m] = inverse;
            follow[m] = f;
            alone[m] = r;
            pushed[m] = g * r;
            carry[m] = Math.fma(-g, f, g);
        }
    }

    /** Salt of all volumes per current through face l, which leaves node l - 1 and enters node l [m2/A]. */
    private void perFace(Workspace w, int l) {
        int n = w.members;
        int first = membraneCells + (l - 1) * design.saltPerNode;
        int middle = first + design.saltPerNode;
        int end = middle + design.saltPerNode;
        double[] source = w.saltSource;
        double[][] per = w.saltPerFace[l];
        double[] pushed = w.pushed;
        Arrays.fill(pushed, 0, n, 0.0);
        for (int v = 0; v < first; v++) {
            Arrays.fill(per[v], 0, n, 0.0);
        }
        for (int v = first; v < volumes; v++) {
            double enters = v < middle ? -1 : v < end ? 1 : 0;
            double[] inverse = w.saltInverse[v];
            double[] conductance = w.saltConductance[v];
            double[] here = per[v];
            for (int m = 0; m < n; m++) {
                here[m] = Math.fma(enters, source[m], pushed[m]) * inverse[m];
                pushed[m] = conductance[m] * here[m];
            }
        }
        substitute(w, per);
    }

    private void substitute(Workspace w, double[][] salt) {
        for (int v = volumes - 2; v >= 0; v--) {
            double[] here = salt[v];
            double[] next = salt[v + 1];
            double[] follow = w.saltFollow[v];
            for (int m = 0; m < w.members; m++) {
                here[m] = Math.fma(follow[m], next[m], here[m]);
            }
        }
    }

    /** Salt of the pores at the end of the sub-step under the present currents at the nodes' faces. */
    void poresAfter(Workspace w) {
        for (int v = membraneCells; v < volumes; v++) {
            after(w, v);
        }
    }

    private void after(Workspace w, int v) {
        double[] salt = w.saltAfter[v];
        System.arraycopy(w.saltAlone[v], 0, salt, 0, w.members);
        for (int l = 1; l < design.nodes; l++) {
            double[] per = w.saltPerFace[l][v];
            double[] through = w.faceCurrent[l];
            for (int m = 0; m < w.members; m++) {
                salt[m] = Math.fma(per[m], through[m], salt[m]);
            }
        }
    }

    /** Takes over the salt at the end of the sub-step. */
    void advance(Ensemble e, Workspace w) {
        double[] saturated = e.output(Output.SATURATED);
        for (int v = 0; v < volumes; v++) {
            after(w, v);
            double[] free = w.saltAfter[v];
            double[] salt = e.state[e.layout.salt(v)];
            for (int m = 0; m < w.members; m++) {
                double held = Math.max(ReducedDesign.SALT_LEAST, Math.min(ReducedDesign.SALT_MOST, free[m]));
                saturated[m] = Math.max(saturated[m], Math.min(1.0, Math.abs(free[m] - held) * 1e9));
                salt[m] = held;
            }
        }
    }
}
