package io.pouchtwin.cell.calibration;

import java.util.Arrays;
import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresBuilder;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresOptimizer;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LevenbergMarquardtOptimizer;
import org.hipparchus.optim.nonlinear.vector.leastsquares.ValueAndJacobianFunction;
import org.hipparchus.util.Pair;

/**
 * The most probable values (maximum a posteriori): least squares over standardised data and standard scores, by Levenberg and Marquardt's method.
 *
 * @param scores standard scores of the unknowns
 * @param predictions what the model says for each datum there
 * @param jacobian derivatives of the data's residuals by the scores
 * @param dataCost half the sum of the data's squared residuals
 * @param priorCost half the sum of the squared scores
 * @param evaluations of the model's derivatives that it took
 */
// numbers on their way through an algorithm; nobody compares them as records
@SuppressWarnings("ArrayRecordComponent")
public record MapEstimate(
        double[] scores,
        double[] predictions,
        double[][] jacobian,
        double dataCost,
        double priorCost,
        int evaluations) {
    private static final int MOST_EVALUATIONS = 60;
    private static final double COST_TOLERANCE = 1e-4;
    private static final double FARTHEST_SCORE = 6;

    /** Finds it from a start. */
    public static MapEstimate find(Problem problem, List<Datum> data, double[] start) {
        return find(problem, data, start, MOST_EVALUATIONS);
    }

    /** Comes close to it in at most so many iterations; for variants of a problem that start from its optimum. */
    static MapEstimate find(Problem problem, List<Datum> data, double[] start, int iterations) {
        Residuals residuals = new Residuals(problem, data);
        int n = residuals.unknowns();
        LeastSquaresOptimizer.Optimum optimum = new LevenbergMarquardtOptimizer()
                .withCostRelativeTolerance(1e-5)
                .withParameterRelativeTolerance(1e-4)
                .withInitialStepBoundFactor(1)
                .optimize(new LeastSquaresBuilder()
                        .start(start)
                        .model(new DataAndPrior(residuals, data.size()))
                        .lazyEvaluation(true)
                        .target(new double[data.size() + n])
                        .parameterValidator(MapEstimate::held)
                        .checker((k, before, after) -> k >= iterations
                                || Math.abs(before.getCost() - after.getCost()) < COST_TOLERANCE * after.getCost())
                        .maxEvaluations(4 * MOST_EVALUATIONS)
                        .maxIterations(4 * MOST_EVALUATIONS)
                        .build());
        double[] z = optimum.getPoint().toArray();
        double[] predictions = residuals.predictions(z);
        return new MapEstimate(
                z,
                predictions,
                residuals.jacobian(z),
                Residuals.halfSquare(residuals.ofData(predictions)),
                Residuals.halfSquare(z),
                optimum.getEvaluations());
    }

    /** Residuals of the data above the scores themselves; derivatives only where they are asked for. */
    private record DataAndPrior(Residuals residuals, int data) implements ValueAndJacobianFunction {
        @Override
        public RealVector computeValue(double[] z) {
            double[] all = Arrays.copyOf(residuals.ofData(residuals.predictions(z)), data + z.length);
            System.arraycopy(z, 0, all, data, z.length);
            return new ArrayRealVector(all, false);
        }

        @Override
        public RealMatrix computeJacobian(double[] z) {
            RealMatrix jacobian = new Array2DRowRealMatrix(data + z.length, z.length);
            jacobian.setSubMatrix(residuals.jacobian(z), 0, 0);
            for (int k = 0; k < z.length; k++) {
                jacobian.setEntry(data + k, k, 1);
            }
            return jacobian;
        }

        @Override
        public Pair<RealVector, RealMatrix> value(RealVector point) {
            double[] z = point.toArray();
            return new Pair<>(computeValue(z), computeJacobian(z));
        }
    }

    private static RealVector held(RealVector point) {
        return point.map(z -> Math.max(-FARTHEST_SCORE, Math.min(FARTHEST_SCORE, z)));
    }
}
