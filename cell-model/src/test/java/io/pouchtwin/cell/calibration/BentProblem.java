package io.pouchtwin.cell.calibration;

import java.util.List;

/** One datum that sees two unknowns in a way that makes the posterior a bent valley, and an unknown that no datum sees. */
final class BentProblem implements Problem {
    static final double VALUE = 4;
    static final double SIGMA = 0.4;

    @Override
    public String name() {
        return "bent";
    }

    @Override
    public List<Unknown> unknowns() {
        return List.of(
                Unknown.positive("a", "1", 1, 0.8, "test"),
                Unknown.positive("b", "1", 1, 0.8, "test"),
                Unknown.normal("unseen", "1", 0, 1, "test"));
    }

    @Override
    public List<Datum> data() {
        return List.of(new Datum("product", "none", "1", Datum.Relation.EQUAL, VALUE, SIGMA));
    }

    @Override
    public double[] predict(double[] v) {
        return new double[] {v[0] * v[1] + 0.5 * v[0] * v[0]};
    }
}
