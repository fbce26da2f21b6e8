package io.pouchtwin.cell.reduced;

import io.pouchtwin.cell.PhysicalConstants;
import io.pouchtwin.cell.math.Elementary;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.CellParameters.ThermalModel;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * One cell of the reduced model, written the obvious way: numbers instead of rows, one quantity after the other. The oracle for the rows: bit by bit the same.
 */
final class ScalarCell {
    final ReducedDesign d;
    final CellParameters cell;
    private final SubStepPlan plan;
    private final ScalarPores pores;
    private final TemperatureTable temperatures;
    private final Workspace one;
    final double[][] x;
    final double[] salt;
    final double[] reaction;
    double core;
    double surfaceK;
    double inventory;
    double voltage;
    double meanStoichiometry;
    private double lastCurrent;
    private double since;
    private final Map<MemberParameter, Double> p = new EnumMap<>(MemberParameter.class);

    // what a solution of the reaction's distribution leaves behind
    double i;
    double vt2;
    private final double[] shell;
    private final double[] at;
    private final double[] per;
    private final double[] outer;
    final double[] j;
    final double[] face;
    private final double[] u;
    private final double[] eta;
    final double[] g;
    final double[] slope;
    final double[] i0;
    final double[] saturated;
    private final double[] entropyAtZero;
    private final double[] entropyPerSurface;
    final double[] logSalt;
    private final double[] pore;
    final double[] rho;
    final double[] diffusivity;
    private double membraneResistance;
    private double saltFactorLithium;
    private double logLithium;
    private double scale;
    private final double[][] rest;
    private final double[][] follow;

    ScalarCell(CellParameters cell, ReducedOptions options, Ensemble e, int member) {
        this.cell = cell;
        d = new ReducedDesign(cell, options);
        plan = new SubStepPlan(cell.nominalCapacityC(), options);
        temperatures = new TemperatureTable(cell);
        one = new Workspace(d, 1);
        int nodes = d.nodes;
        int volumes = d.membraneCells + nodes * d.saltPerNode;
        x = new double[nodes][d.shells];
        rest = new double[nodes][d.shells];
        follow = new double[nodes][d.shells];
        salt = new double[volumes];
        diffusivity = new double[volumes];
        reaction = new double[nodes];
        shell = new double[nodes];
        at = new double[nodes];
        per = new double[nodes];
        outer = new double[nodes];
        j = new double[nodes];
        face = new double[nodes + 1];
        u = new double[nodes];
        eta = new double[nodes];
        g = new double[nodes];
        slope = new double[nodes];
        i0 = new double[nodes];
        saturated = new double[nodes];
        entropyAtZero = new double[nodes];
        entropyPerSurface = new double[nodes];
        logSalt = new double[nodes];
        pore = new double[nodes];
        rho = new double[nodes];
        pores = new ScalarPores(this);
        copyFrom(e, member);
    }

    private void copyFrom(Ensemble e, int member) {
        StateLayout layout = e.layout();
        for (int k = 0; k < d.nodes; k++) {
            for (int s = 0; s < d.shells; s++) {
                x[k][s] = e.state(layout.stoichiometry(k, s))[member];
            }
            reaction[k] = e.state(layout.reaction(k))[member];
        }
        for (int v = 0; v < salt.length; v++) {
            salt[v] = e.state(layout.salt(v))[member];
        }
        core = e.state(layout.coreTemperature())[member];
        surfaceK = e.state(layout.surfaceTemperature())[member];
        inventory = e.state(layout.inventory())[member];
        voltage = e.output(Output.VOLTAGE)[member];
        for (MemberParameter name : MemberParameter.values()) {
            p.put(name, e.parameter(name)[member]);
        }
    }

    private double p(MemberParameter name) {
        return Objects.requireNonNull(p.get(name));
    }

    void step(double length, double mean, double end, double ambient) {
        if (plan.changed(lastCurrent, mean)) {
            since = 0;
        }
        lastCurrent = mean;
        double remaining = length;
        while (remaining > 0) {
            double h = plan.next(remaining, length, since, mean);
            subStep(h, mean, ambient);
            since += h;
            remaining -= h;
        }
        properties(end);
        for (int k = 0; k < d.nodes; k++) {
            double half = -d.halfOuterShell * perSite();
            at[k] = x[k][d.shells - 1] + p(MemberParameter.SURFACE_STOICHIOMETRY_OFFSET);
            per[k] = half / (diffusivityAt(x[k][d.shells - 1]) * scale);
        }
        prepare();
        pores.exchange(salt);
        potentials();
        int iterations = length > 0 && end == mean ? 1 : 2;
        for (int n = 0; n < iterations && d.nodes > 1; n++) {
            newton();
            potentials();
        }
        voltage = interior() + p(MemberParameter.VOLTAGE_OFFSET);
        System.arraycopy(j, 0, reaction, 0, d.nodes);
        meanStoichiometry = 0;
        for (int k = 0; k < d.nodes; k++) {
            for (int s = 0; s < d.shells; s++) {
                meanStoichiometry = Math.fma(3.0 / d.nodes * d.shellVolume[s], x[k][s], meanStoichiometry);
            }
        }
    }

    private void subStep(double h, double current, double ambient) {
        properties(current);
        for (int k = 0; k < d.nodes; k++) {
            eliminate(k, h);
        }
        prepare();
        pores.respond(h * p(MemberParameter.SALT_RATE_FACTOR));
        boolean brisk = d.nodes > 1 && Math.abs(current) > 1.5 * d.oneC;
        for (int n = 0; n < (brisk ? 2 : 1); n++) {
            pores.exchange(pores.after());
            potentials();
            pores.newton();
        }
        double v = interior();
        for (int k = 0; k < d.nodes; k++) {
            int last = d.shells - 1;
            x[k][last] = within(0, 1, Math.fma(outer[k], j[k], shell[k]));
            for (int s = last - 1; s >= 0; s--) {
                x[k][s] = Math.fma(follow[k][s], x[k][s + 1], rest[k][s]);
            }
        }
        System.arraycopy(j, 0, reaction, 0, d.nodes);
        double[] after = pores.after();
        for (int n = 0; n < salt.length; n++) {
            salt[n] = within(ReducedDesign.SALT_LEAST, ReducedDesign.SALT_MOST, after[n]);
        }
        double gained = Math.max(0.0, i) * p(MemberParameter.PLATING_EFFICIENCY) + Math.min(0.0, i);
        inventory = Math.max(0.0, Math.fma(h / PhysicalConstants.FARADAY_C_PER_MOL, gained, inventory));
        warm(v, ambient, h);
    }

    /** Interior current, temperature factors, transport and diffusivity scale. */
    private void properties(double current) {
        double leak = p(MemberParameter.LEAK_CONDUCTANCE) * voltage;
        double free = (current + p(MemberParameter.CURRENT_OFFSET) - leak) * (1 / cell.areaM2());
        i = within(-d.mostCurrentDensity, d.mostCurrentDensity, free);
        temperatures.rows(new double[] {core}, one);
        vt2 = one.twoThermalVoltages[0];
        transport();
        double first = within(ReducedDesign.SALT_LEAST, ReducedDesign.SALT_MOST, salt[0]);
        double atFace = first - 0.5 * width(0) * perCharge() * i / diffusivity[0];
        double[] pair = look(d.lithiumSalt, within(ReducedDesign.SALT_RESIDUAL, ReducedDesign.SALT_MOST, atFace));
        saltFactorLithium = pair[0];
        logLithium = pair[1];
        double radius = cell.requireCathode().particleRadiusM();
        scale = p(MemberParameter.DIFFUSIVITY_FACTOR) * one.diffusivityFactor[0] * (1 / (radius * radius));
    }

    private void transport() {
        membraneResistance = 0;
        java.util.Arrays.fill(pore, 0);
        double conducts = one.conductivityFactor[0];
        double across = p(MemberParameter.MEMBRANE_RESISTANCE_FACTOR);
        double along = p(MemberParameter.PORE_TRANSPORT_FACTOR);
        for (int v = 0; v < salt.length; v++) {
            boolean inMembrane = v < d.membraneCells;
            double efficiency = inMembrane
                    ? cell.membrane().transportEfficiency()
                    : cell.requireCathode().layer().transportEfficiency();
            int node = (v - d.membraneCells) / d.saltPerNode;
            double mobile = d.saltDiffusivityReference * efficiency;
            if (!d.transportVaries) {
                int alike = inMembrane ? d.membraneCells : d.saltPerNode;
                double perResistance = d.conductivityReference * efficiency / (width(v) * alike);
                if (inMembrane) {
                    membraneResistance = across / (perResistance * conducts);
                    diffusivity[v] = mobile * one.saltFactor[0] / across;
                } else {
                    pore[node] = 1.0 / (perResistance * conducts * along);
                    diffusivity[v] = mobile * one.saltFactor[0] * along;
                }
                continue;
            }
            double held = within(ReducedDesign.SALT_LEAST, ReducedDesign.SALT_MOST, salt[v]);
            double factor = inMembrane ? 1.0 / across : along;
            double kappa = d.conductivityReference * efficiency / width(v);
            double resistance = 1.0 / (kappa * look(d.conductivityShape, held) * conducts * factor);
            if (inMembrane) {
                membraneResistance += resistance;
            } else {
                pore[node] += resistance;
            }
            diffusivity[v] = mobile * look(d.diffusivityShape, held) * one.saltFactor[0] * factor;
        }
    }

    double width(int v) {
        return v < d.membraneCells ? d.membraneCellWidth : d.nodeWidth / d.saltPerNode;
    }

    double capacity(int v) {
        return width(v)
                * (v < d.membraneCells
                        ? cell.membrane().porosity()
                        : cell.requireCathode().layer().porosity());
    }

    double perCharge() {
        return (1 - cell.electrolyte().transference())
                / (PhysicalConstants.FARADAY_C_PER_MOL * cell.electrolyte().concentrationMolPerM3());
    }

    private double perSite() {
        return 1 / (d.siteCharge() * cell.requireCathode().particleRadiusM());
    }

    private double diffusivityAt(double stoichiometry) {
        double[] v = new double[1];
        d.diffusivity.rowInside(new double[] {stoichiometry}, v, 1);
        double z = p(MemberParameter.DIFFUSIVITY_SLOPE_CHANGE) * (ReducedDesign.SLOPE_PIVOT - stoichiometry);
        return v[0] * ParticleRows.modestExp(within(-1.5, 1.5, z));
    }

    private void eliminate(int k, double h) {
        double carry = 0;
        double pushed = 0;
        int last = d.shells - 1;
        for (int s = 0; s < last; s++) {
            double face = 0.5 * h * d.faceOverDistance[s];
            double g = face * (diffusivityAt(x[k][s]) + diffusivityAt(x[k][s + 1])) * scale;
            double inverse = 1.0 / (d.shellVolume[s] + carry + g);
            rest[k][s] = Math.fma(d.shellVolume[s], x[k][s], pushed) * inverse;
            follow[k][s] = g * inverse;
            pushed = g * rest[k][s];
            carry = Math.fma(-g, follow[k][s], g);
        }
        double inverse = 1.0 / (d.shellVolume[last] + carry);
        shell[k] = Math.fma(d.shellVolume[last], x[k][last], pushed) * inverse;
        at[k] = shell[k] + p(MemberParameter.SURFACE_STOICHIOMETRY_OFFSET);
        outer[k] = -h * perSite() * inverse;
        double half = -d.halfOuterShell * perSite();
        per[k] = Math.fma(-h * perSite(), inverse, half / (diffusivityAt(x[k][last]) * scale));
    }

    private void prepare() {
        double perSurface = perSurface();
        double sum = 0;
        for (int k = 0; k < d.nodes; k++) {
            sum = Math.fma(d.nodeWidth, reaction[k], sum);
        }
        double jump = 0.1 * d.oneC / cell.areaM2() * perSurface;
        double now = i * perSurface;
        double kept = Math.abs(now - sum) <= jump ? 1 : sum == 0 ? 0 : within(0, 1, now / sum);
        double even = Math.fma(-kept, sum, now) * (1 / d.thickness);
        face[0] = i;
        face[d.nodes] = 0;
        for (int k = 0; k < d.nodes; k++) {
            j[k] = Math.fma(kept, reaction[k], even);
            if (k < d.nodes - 1) {
                face[k + 1] = face[k] - d.nodeWidth * j[k] / perSurface;
            }
        }
        for (int k = 0; k < d.nodes; k++) {
            double kinetics = look(d.kinetics, Math.fma(per[k], j[k], at[k]));
            if (d.hasEntropy) {
                double surface = Math.fma(per[k], j[k], at[k]);
                double[] entropy = look(d.entropic, surface);
                entropyAtZero[k] = Math.fma(-entropy[1], surface, entropy[0]);
                entropyPerSurface[k] = entropy[1];
            }
            saturated[k] = kinetics * p(MemberParameter.CATHODE_EXCHANGE_FACTOR) * one.cathodeFactor[0];
            rho[k] = Math.fma(d.nodeWidth, inverseSolid(), pore[k]);
        }
    }

    double perSurface() {
        return 1.0 / (d.surfacePerVolume * p(MemberParameter.ACTIVE_FRACTION_FACTOR));
    }

    double inverseSolid() {
        return 1 / cell.requireCathode().electronicConductivitySPerM();
    }

    private void potentials() {
        double above = one.temperature[0] - cell.referenceTemperatureK();
        for (int k = 0; k < d.nodes; k++) {
            double surface = Math.fma(per[k], j[k], at[k]);
            double half = 0.5 * j[k] / i0[k];
            double[] open = look(d.openCircuit, surface);
            if (d.hasEntropy) {
                open[0] = Math.fma(above, Math.fma(entropyPerSurface[k], surface, entropyAtZero[k]), open[0]);
                open[1] = Math.fma(above, entropyPerSurface[k], open[1]);
            }
            eta[k] = Elementary.asinh(half) * vt2;
            g[k] = open[0] + eta[k];
            u[k] = within(cell.window().voltageMinV() - 1, cell.window().voltageMaxV() + 1, open[0]);
            double kinetic = 0.5 * vt2 / (i0[k] * Math.sqrt(Math.fma(half, half, 1.0)));
            slope[k] = Math.fma(open[1], per[k], kinetic);
        }
    }

    private void newton() {
        int faces = d.nodes - 1;
        double[] change = new double[d.nodes + 1];
        double[] ahead = new double[d.nodes + 1];
        double perWidth = 1 / d.nodeWidth;
        for (int k = 1; k <= faces; k++) {
            double residual = residual(k);
            double a1 = slope[k - 1] * perSurface() * perWidth;
            double a2 = slope[k] * perSurface() * perWidth;
            double lower = Math.fma(rho[k - 1], 1.0 / 6, -a1);
            double diagonal = Math.fma(rho[k - 1] + rho[k], 1.0 / 3, a1 + a2);
            double before = k == 1 ? 0 : change[k - 1];
            double aheadBefore = k == 1 ? 0 : ahead[k - 1];
            double inverse = 1.0 / Math.fma(-lower, aheadBefore, diagonal);
            change[k] = Math.fma(-lower, before, residual) * inverse;
            ahead[k] = Math.fma(rho[k], 1.0 / 6, -a2) * inverse;
        }
        for (int k = faces; k >= 1; k--) {
            if (k < faces) {
                change[k] = Math.fma(-ahead[k], change[k + 1], change[k]);
            }
            face[k] -= change[k];
        }
        reactions();
    }

    void reactions() {
        for (int k = 0; k < d.nodes; k++) {
            j[k] = (face[k] - face[k + 1]) * perSurface() * (1 / d.nodeWidth);
        }
    }

    double residual(int k) {
        double drop = Math.fma(
                rho[k - 1],
                face[k - 1] * (1.0 / 6) + face[k] * (1.0 / 3),
                rho[k] * (face[k] * (1.0 / 3) + face[k + 1] * (1.0 / 6)));
        double salts = (1 - cell.electrolyte().transference()) * vt2 * (logSalt[k] - logSalt[k - 1]);
        return g[k] - g[k - 1] + drop - d.nodeWidth * inverseSolid() * i + salts;
    }

    private double interior() {
        double saltFactor = 1 - cell.electrolyte().transference();
        double bare = ReducedDesign.BARE_SHARE * d.inventory;
        double covered = (1 + ReducedDesign.BARE_SHARE) * inventory / (inventory + bare) + 1e-12;
        double exchange = cell.lithium().exchangeCurrent().prefactorAPerM2()
                * saltFactorLithium
                * p(MemberParameter.LITHIUM_EXCHANGE_FACTOR)
                * one.lithiumFactor[0]
                * p(MemberParameter.CONTACT_UTILISATION)
                * covered;
        double lithium = Elementary.asinh(0.5 * i / exchange) * vt2;
        double film =
                i * p(MemberParameter.FILM_RESISTANCE) / (one.filmFactor[0] * p(MemberParameter.CONTACT_UTILISATION));
        double contact = i * p(MemberParameter.CONTACT_RESISTANCE);
        double membrane = i * membraneResistance;
        double kinetic = 0;
        double open = 0;
        double electrolyte = -saltFactor * vt2 * logLithium;
        double share = 1.0 / d.nodes;
        for (int k = 0; k < d.nodes; k++) {
            kinetic = Math.fma(share, eta[k], kinetic);
            open = Math.fma(share, u[k], open);
            double before = k * share;
            double after = (d.nodes - 1 - k) * share;
            double within = face[k] * (1.0 / 3) + face[k + 1] * (1.0 / 6);
            double whole = 0.5 * (face[k] + face[k + 1]);
            double poreDrop = pore[k] * Math.fma(share, within, after * whole);
            double solidWithin = 0.5 * i - (face[k] * (1.0 / 6) + face[k + 1] * (1.0 / 3));
            double solidDrop = d.nodeWidth * inverseSolid() * Math.fma(share, solidWithin, before * (i - whole));
            electrolyte += Math.fma(share, saltFactor * vt2 * logSalt[k], poreDrop + solidDrop);
        }
        return within(-5, 15, open + (lithium + film + membrane + kinetic + electrolyte + contact));
    }

    private void warm(double v, double ambient, double h) {
        CellParameters.Thermal t = cell.thermal();
        if (t.model() == ThermalModel.ISOTHERMAL) {
            core = kelvin(ambient);
            surfaceK = core;
            return;
        }
        double lost = i * v;
        double reversible = 0;
        for (int k = 0; k < d.nodes; k++) {
            lost = Math.fma(face[k + 1] - face[k], u[k], lost);
            if (d.hasEntropy) {
                double entropy = Math.fma(entropyPerSurface[k], Math.fma(per[k], j[k], at[k]), entropyAtZero[k]);
                reversible = Math.fma(face[k] - face[k + 1], entropy, reversible);
            }
        }
        double inside = Math.fma(one.temperature[0], reversible, Math.max(0.0, lost));
        double heat = Math.fma(cell.areaM2(), inside, p(MemberParameter.LEAK_CONDUCTANCE) * v * v);
        double out = p(MemberParameter.HEAT_TRANSFER_FACTOR);
        double capacity = p(MemberParameter.HEAT_CAPACITY_FACTOR);
        if (t.model() == ThermalModel.LUMPED) {
            double perCapacity = h / t.heatCapacityJPerK() / capacity;
            double loss = out * t.surfaceConductanceWPerK() * perCapacity;
            core = kelvin((core + Math.fma(loss, ambient, heat * perCapacity)) / (1.0 + loss));
            surfaceK = core;
            return;
        }
        double outside = t.surfaceFraction() * t.heatCapacityJPerK();
        double within = t.heatCapacityJPerK() - outside;
        double slowed = h / capacity;
        double kc = slowed * t.coreSurfaceConductanceWPerK() / within;
        double ks = slowed * t.coreSurfaceConductanceWPerK() / outside;
        double loss = slowed * out * t.surfaceConductanceWPerK() / outside;
        double fromCore = Math.fma(slowed / within, heat, core) / (1.0 + kc);
        double shared = kc / (1.0 + kc);
        double s = Math.fma(ks, fromCore, Math.fma(loss, ambient, surfaceK)) / (1.0 + loss + Math.fma(-ks, shared, ks));
        surfaceK = kelvin(s);
        core = kelvin(Math.fma(shared, s, fromCore));
    }

    private static double kelvin(double t) {
        return within(TemperatureTable.COLDEST_K, TemperatureTable.HOTTEST_K, t);
    }

    static double within(double low, double high, double value) {
        return Math.max(low, Math.min(high, value));
    }

    private static double look(LinearTable table, double x) {
        double[] v = new double[1];
        table.row(new double[] {x}, v, 1);
        return v[0];
    }

    static double[] look(PairTable table, double x) {
        double[] a = new double[1];
        double[] b = new double[1];
        table.row(new double[] {x}, a, b, 1);
        return new double[] {a[0], b[0]};
    }

    private static double[] look(CubicTable table, double x) {
        double[] a = new double[1];
        double[] b = new double[1];
        table.row(new double[] {x}, a, b, 1);
        return new double[] {a[0], b[0]};
    }
}
