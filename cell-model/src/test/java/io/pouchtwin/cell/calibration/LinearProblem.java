package io.pouchtwin.cell.calibration;

import java.util.List;

/** Two sums of three unknowns: everything about it is known in closed form. */
final class LinearProblem implements Problem {
    static final double[][] MATRIX = {{1, 1, 0}, {2, -1, 0}};

    @Override
    public String name() {
        return "linear";
    }

    @Override
    public List<Unknown> unknowns() {
        return List.of(
                Unknown.normal("a", "1", 0, 1, "test"),
                Unknown.normal("b", "1", 0, 1, "test"),
                Unknown.normal("unseen", "1", 0, 1, "test"));
    }

    @Override
    public List<Datum> data() {
        return List.of(
                new Datum("sum", "none", "1", Datum.Relation.EQUAL, 3, 0.5),
                new Datum("difference", "none", "1", Datum.Relation.EQUAL, 1, 0.25));
    }

    @Override
    public double[] predict(double[] v) {
        double[] p = new double[MATRIX.length];
        for (int r = 0; r < p.length; r++) {
            for (int c = 0; c < v.length; c++) {
                p[r] += MATRIX[r][c] * v[c];
            }
        }
        return p;
    }
}
