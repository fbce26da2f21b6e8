package io.pouchtwin.cell.reduced;

import io.pouchtwin.cell.math.Philox;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import java.util.Arrays;
import java.util.List;

/** Cells and ensembles that the tests share. */
final class Cells {
    static final double T_REF_K = 298.15;
    /** Every shipped design that has a cathode. */
    static final List<String> DESIGNS = List.of(
            "pouch-ncm523-ppla",
            "pouch-ncm811-ppla",
            "pouch-5c-ncm523-ppla",
            "coin-ncm523-ppla",
            "coin-ncm523-ppl",
            "coin-ncm523-pl",
            "coin-ncm523-ppla-15mg",
            "coin-lrm-ppla",
            "xu2019-half-cell");

    private static final Philox DRAWS = Philox.of(7, "reduced-tests");

    private Cells() {}

    static CellParameters parameters(String design) {
        return ParameterLibrary.shipped().load(design).toCellParameters();
    }

    static ReducedCell cell(String design) {
        return ReducedCell.of(parameters(design));
    }

    /** Stoichiometry between charged (0) and discharged (1). */
    static double between(ReducedCell cell, double share) {
        CellParameters p = cell.parameters();
        return p.chargedStoichiometry() + share * (p.dischargedStoichiometry() - p.chargedStoichiometry());
    }

    static void start(ReducedCell cell, Ensemble e, double share) {
        double[] x = new double[e.members()];
        Arrays.fill(x, between(cell, share));
        cell.startAtRest(e, x, T_REF_K);
    }

    /** Members that differ in every parameter; member m is the same however many there are. */
    static Ensemble varied(ReducedCell cell, int members) {
        Ensemble e = cell.newEnsemble(members);
        int stream = 10;
        for (MemberParameter p : MemberParameter.values()) {
            stream++;
            double[] row = e.parameter(p);
            for (int m = 0; m < members; m++) {
                row[m] = row[m] * (1 + 0.1 * DRAWS.normal(m, 0, stream, 0));
            }
        }
        for (int m = 0; m < members; m++) {
            e.parameter(MemberParameter.DIFFUSIVITY_SLOPE_CHANGE)[m] = 0.3 * DRAWS.normal(m, 1, 0, 0);
            e.parameter(MemberParameter.LEAK_CONDUCTANCE)[m] =
                    cell.parameters().oneCAmpere() / 4 / 100 * DRAWS.uniform(m, 2, 0, 0);
            e.parameter(MemberParameter.SURFACE_STOICHIOMETRY_OFFSET)[m] = 2e-4 * DRAWS.normal(m, 6, 0, 0);
            e.parameter(MemberParameter.VOLTAGE_OFFSET)[m] = 0.002 * DRAWS.normal(m, 3, 0, 0);
            e.parameter(MemberParameter.CURRENT_OFFSET)[m] =
                    cell.parameters().oneCAmpere() * 0.001 * DRAWS.normal(m, 4, 0, 0);
        }
        cell.hold(e);
        double[] x = new double[members];
        for (int m = 0; m < members; m++) {
            x[m] = between(cell, 0.3 + 0.2 * DRAWS.uniform(m, 5, 0, 0));
        }
        cell.startAtRest(e, x, T_REF_K);
        return e;
    }

    /** A varied day: rests, charges, discharges and pulses of a member's one-C current, steps of 10 ms to 10 min. */
    static void drive(ReducedCell cell, Ensemble e, Workspace w, int steps) {
        double oneC = cell.parameters().oneCAmpere();
        double[] lengths = {1, 0.01, 10, 1, 60, 0.1, 1, 600, 0, 2};
        double[] rates = {0, -1, -1, 2, 0.5, -3, 0, 0.1, 1, -0.5};
        for (int i = 0; i < steps; i++) {
            double mean = rates[i % rates.length] * oneC;
            double end = i % 3 == 0 ? mean : 1.1 * mean;
            cell.step(e, w, lengths[i % lengths.length], mean, end, T_REF_K);
        }
    }
}
