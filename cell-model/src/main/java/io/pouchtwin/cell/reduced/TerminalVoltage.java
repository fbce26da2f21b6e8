package io.pouchtwin.cell.reduced;

/**
 * The voltage between the terminals and its parts, for all members at once.
 *
 * <pre>
 * V = &lt;U + eta&gt; + &lt;drop in pores and solid&gt; + (2 (1 - t+) R T / F) (&lt;ln c&gt; - ln c_Li) + i R_membrane
 *     + (2 R T / F) asinh( i / (2 u s i0_Li) ) + i R_film / u + i R_contact
 * </pre>
 *
 * <p>where &lt;&gt; is the mean over the cathode's thickness, u the share of the lithium's area in contact and s = n (1 + n_s/n_0) / (n + n_s) the share still covered when the
 * lithium runs out (n inventory, n_0 the initial one, n_s a thousandth of
 * n_0): as the inventory ends, the overpotential grows without bound. Positive on charge.
 */
final class TerminalVoltage {
    /** What a voltage is held within; farther off nothing of a cell makes sense [V]. */
    private static final double LOWEST_V = -5;

    private static final double HIGHEST_V = 15;

    private final ReducedDesign design;
    private final double inverseSolid;
    private final double saltFactor;
    private final double bareLithium;
    private final double exchange;

    TerminalVoltage(ReducedDesign design) {
        this.design = design;
        inverseSolid = 1 / design.cell.requireCathode().electronicConductivitySPerM();
        saltFactor = 1 - design.cell.electrolyte().transference();
        bareLithium = ReducedDesign.BARE_SHARE * design.inventory;
        exchange = design.cell.lithium().exchangeCurrent().prefactorAPerM2();
    }

    /** Fills the rows of the parts and of the interior voltage (without the voltage offset) from the solved distribution. */
    void parts(Ensemble e, Workspace w, NamedRows<Output> out) {
        lithium(e, w, out.row(Output.LITHIUM_KINETIC));
        series(e, w, out);
        cathode(w, out.row(Output.CATHODE_KINETIC), out.row(Output.PARTICLE_DIFFUSION), out.row(Output.ELECTROLYTE));
    }

    private void lithium(Ensemble e, Workspace w, double[] kinetic) {
        int n = w.members;
        double[] factor = e.parameter(MemberParameter.LITHIUM_EXCHANGE_FACTOR);
        double[] utilisation = e.parameter(MemberParameter.CONTACT_UTILISATION);
        double[] inventory = e.state[e.layout.inventory()];
        for (int m = 0; m < n; m++) {
            double covered = (1 + ReducedDesign.BARE_SHARE) * inventory[m] / (inventory[m] + bareLithium) + 1e-12;
            double i0 = exchange * w.saltFactorLithium[m] * factor[m] * w.lithiumFactor[m] * utilisation[m] * covered;
            w.b[m] = 0.5 * w.current[m] / i0;
        }
        w.functions.asinh(w.b, kinetic, n);
        for (int m = 0; m < n; m++) {
            kinetic[m] *= w.twoThermalVoltages[m];
        }
    }

    private void series(Ensemble e, Workspace w, NamedRows<Output> out) {
        double[] film = e.parameter(MemberParameter.FILM_RESISTANCE);
        double[] contact = e.parameter(MemberParameter.CONTACT_RESISTANCE);
        double[] utilisation = e.parameter(MemberParameter.CONTACT_UTILISATION);
        double[] overFilm = out.row(Output.FILM);
        double[] overContact = out.row(Output.CONTACT);
        double[] overMembrane = out.row(Output.MEMBRANE);
        double[] density = out.row(Output.INTERIOR_CURRENT_DENSITY);
        for (int m = 0; m < w.members; m++) {
            double i = w.current[m];
            overFilm[m] = i * film[m] / (w.filmFactor[m] * utilisation[m]);
            overContact[m] = i * contact[m];
            overMembrane[m] = i * w.membraneResistance[m];
            density[m] = i;
        }
    }

    /** Means over the thickness of kinetic overpotential, open-circuit voltage (into {@code voltage}) and of what electrolyte and solid drop. */
    private void cathode(Workspace w, double[] kinetic, double[] voltage, double[] electrolyte) {
        int n = w.members;
        for (int m = 0; m < n; m++) {
            kinetic[m] = 0;
            voltage[m] = 0;
            electrolyte[m] = -saltFactor * w.twoThermalVoltages[m] * w.logSaltLithium[m];
            w.a[m] = 0;
        }
        for (int k = 0; k < design.nodes; k++) {
            double share = 1.0 / design.nodes;
            // resistance of the solid between this node's right face and the foil counts for the nodes up to here
            double[] left = w.faceCurrent[k];
            double[] right = w.faceCurrent[k + 1];
            double[] pore = w.poreResistance[k];
            double solid = design.nodeWidth * inverseSolid;
            double before = k * share;
            double after = (design.nodes - 1 - k) * share;
            double[] u = w.voltage[k];
            double[] eta = w.overpotential[k];
            double[] c = w.logSalt[k];
            for (int m = 0; m < n; m++) {
                kinetic[m] = Math.fma(share, eta[m], kinetic[m]);
                voltage[m] = Math.fma(share, u[m], voltage[m]);
                double salt = saltFactor * w.twoThermalVoltages[m] * c[m];
                // mean over this node of the drop since its left face, and the whole drop for the nodes behind it
                double within = left[m] * (1.0 / 3) + right[m] * (1.0 / 6);
                double whole = 0.5 * (left[m] + right[m]);
                double poreDrop = pore[m] * Math.fma(share, within, after * whole);
                double solidWithin = 0.5 * w.current[m] - (left[m] * (1.0 / 6) + right[m] * (1.0 / 3));
                double solidDrop = solid * Math.fma(share, solidWithin, before * (w.current[m] - whole));
                electrolyte[m] += Math.fma(share, salt, poreDrop + solidDrop);
            }
        }
    }

    /** Voltage at the terminals without sensor offset, from the parts; PARTICLE_DIFFUSION must still hold the mean open-circuit voltage of the surfaces. */
    void interior(Workspace w, NamedRows<Output> out, double[] target) {
        double[] kinetic = out.row(Output.LITHIUM_KINETIC);
        double[] film = out.row(Output.FILM);
        double[] membrane = out.row(Output.MEMBRANE);
        double[] cathode = out.row(Output.CATHODE_KINETIC);
        double[] electrolyte = out.row(Output.ELECTROLYTE);
        double[] surface = out.row(Output.PARTICLE_DIFFUSION);
        double[] contact = out.row(Output.CONTACT);
        for (int m = 0; m < w.members; m++) {
            double v = surface[m] + (kinetic[m] + film[m] + membrane[m] + cathode[m] + electrolyte[m] + contact[m]);
            target[m] = Math.max(LOWEST_V, Math.min(HIGHEST_V, v));
        }
    }
}
