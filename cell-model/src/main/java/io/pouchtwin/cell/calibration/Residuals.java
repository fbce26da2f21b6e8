package io.pouchtwin.cell.calibration;

import java.util.List;
import java.util.stream.IntStream;

/** Residuals of a problem over standard scores: first the data's, then the scores themselves (the prior), and their derivatives. */
final class Residuals {
    /** Step in standard scores; the predictions are smooth to about 1e-6 of a sigma. */
    private static final double STEP = 2e-3;

    private final Problem problem;
    private final List<Datum> data;

    Residuals(Problem problem, List<Datum> data) {
        this.problem = problem;
        this.data = List.copyOf(data);
    }

    String name() {
        return problem.name();
    }

    int unknowns() {
        return problem.unknowns().size();
    }

    double[] predictions(double[] scores) {
        return problem.predict(problem.values(scores));
    }

    /** Residuals of the data alone. */
    double[] ofData(double[] predictions) {
        double[] r = new double[data.size()];
        for (int k = 0; k < r.length; k++) {
            r[k] = data.get(k).residual(predictions[k]);
        }
        return r;
    }

    /** Derivatives of the data's residuals, one column per unknown, by forward differences, columns in parallel. */
    double[][] jacobian(double[] scores) {
        int n = scores.length;
        double[] here = ofData(predictions(scores));
        double[][] columns = IntStream.range(0, n)
                .parallel()
                .mapToObj(k -> {
                    double[] right = scores.clone();
                    right[k] += STEP;
                    double[] above = ofData(predictions(right));
                    for (int r = 0; r < above.length; r++) {
                        above[r] = (above[r] - here[r]) / STEP;
                    }
                    return above;
                })
                .toArray(double[][]::new);
        double[][] jacobian = new double[data.size()][n];
        for (int k = 0; k < n; k++) {
            for (int r = 0; r < jacobian.length; r++) {
                jacobian[r][k] = columns[k][r];
            }
        }
        return jacobian;
    }

    static double halfSquare(double[] r) {
        double sum = 0;
        for (double x : r) {
            sum = Math.fma(x, x, sum);
        }
        return 0.5 * sum;
    }
}
