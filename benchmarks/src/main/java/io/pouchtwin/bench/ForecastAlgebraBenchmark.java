package io.pouchtwin.bench;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The forecast's inner algebra by plain loops and by ND4J, for one cell and for many in one batch, so that it is measured which of them it is to use. Both give the same numbers, which is checked before anything is timed.
 *
 * <p>{@code node}: one node of a life ahead, for cells of 32 members and 8 states of the lithium each. Charge of every member from its table (a line of nine pieces), its share of active material and what the table was found to be off by, then the lithium and the
 * capacity of every future. A forecast of 1,000 cycles has 24 such nodes.
 *
 * <p>{@code learn}: one discharge taken in by every cell's filter of 7 rows and 32 members: anomalies, covariances with the prediction, correction of all rows.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ForecastAlgebraBenchmark {
    private static final int MEMBERS = 32;
    private static final int LITHIUM = 8;
    private static final int ROWS = 7;
    private static final double[] KNOTS = {0, 0.07, 0.14, 0.21, 0.28, 0.34, 0.39, 0.43, 0.47, 0.56};
    private static final double CYCLES = 2;
    private static final double NOISE = 1e-4;
    private static final double SAME = 1e-9;

    /** Cells in one batch. */
    @Param({"1", "100", "1000"})
    private int cells = 1;

    private double[][] charge;
    private double[] drop;
    private double[] exponent;
    private double[] logActive;
    private double[] gain;
    private double[] bias;
    private double[][] spare;
    private double[][] loss;
    private double[][] rows;
    private double[] predicted;
    private double[] capacity;
    private double[][] corrected;
    private NdBatch batch;

    /** For the framework, which sets the parameter and then calls {@link #draw}. */
    @SuppressWarnings("this-escape") // to a batch that only reads what was drawn before
    public ForecastAlgebraBenchmark() {
        draw();
    }

    /** Draws the cells and checks that both ways agree. */
    @Setup
    public final void draw() {
        Random random = new Random(1);
        int n = cells * MEMBERS;
        charge = new double[KNOTS.length][n];
        for (int k = 0; k < KNOTS.length; k++) {
            for (int j = 0; j < n; j++) {
                charge[k][j] = 800 - 400 * KNOTS[k] + random.nextGaussian();
            }
        }
        drop = random.doubles(n, 0, 0.56).toArray();
        exponent = random.doubles(n, 0.9, 1.1).toArray();
        logActive = random.doubles(n, -0.2, 0).toArray();
        gain = random.doubles(n, 0.8, 1.2).toArray();
        bias = random.doubles(n, -5, 5).toArray();
        spare = new double[LITHIUM][];
        loss = new double[LITHIUM][];
        for (int f = 0; f < LITHIUM; f++) {
            spare[f] = random.doubles(n, -100, 4000).toArray();
            loss[f] = random.doubles(n, 0.005, 0.05).toArray();
        }
        rows = new double[ROWS][];
        for (int r = 0; r < ROWS; r++) {
            rows[r] = random.doubles(n, -1, 1).toArray();
        }
        predicted = random.doubles(n, 0.9, 1).toArray();
        capacity = new double[n * LITHIUM];
        corrected = new double[ROWS][n];
        if (batch != null) {
            batch.close();
        }
        batch = new NdBatch(this);
        requireSame("node", nodePlain(), nodeNd4j());
        requireSame("learn", learnPlain(), learnNd4j());
    }

    /** Gives native memory back. */
    @TearDown
    public void free() {
        batch.close();
    }

    private static void requireSame(String what, double plain, double nd4j) {
        if (!(Math.abs(plain - nd4j) <= SAME * Math.abs(plain))) {
            throw new IllegalStateException(what + ": plain loops give " + plain + ", ND4J gives " + nd4j);
        }
    }

    /** One node, by loops; returns the sum of all capacities. */
    @Benchmark
    public double nodePlain() {
        int n = drop.length;
        double sum = 0;
        for (int j = 0; j < n; j++) {
            int k = 1;
            while (k < KNOTS.length - 1 && drop[j] > KNOTS[k]) {
                k++;
            }
            double part = (drop[j] - KNOTS[k - 1]) / (KNOTS[k] - KNOTS[k - 1]);
            double q = Math.fma(part, charge[k][j] - charge[k - 1][j], charge[k - 1][j]);
            double thinned = Math.max(0, q) * Math.exp(exponent[j] * logActive[j]);
            double fresh = charge[0][j];
            double member = Math.max(0, fresh - gain[j] * (fresh - thinned) + bias[j]);
            for (int f = 0; f < LITHIUM; f++) {
                double left = spare[f][j] - CYCLES * loss[f][j] * member;
                double c = Math.max(0, member + Math.min(0, left));
                capacity[f * n + j] = c;
                sum += c;
            }
        }
        return sum;
    }

    /** The same by ND4J. */
    @Benchmark
    public double nodeNd4j() {
        return batch.node();
    }

    /** One discharge for every cell's filter, by loops; returns the sum of all corrected values. */
    @Benchmark
    public double learnPlain() {
        double sum = 0;
        for (int cell = 0; cell < cells; cell++) {
            int from = cell * MEMBERS;
            double mean = mean(predicted, from);
            double variance = NOISE;
            for (int j = from; j < from + MEMBERS; j++) {
                variance += (predicted[j] - mean) * (predicted[j] - mean) / (MEMBERS - 1);
            }
            for (int r = 0; r < ROWS; r++) {
                double rowMean = mean(rows[r], from);
                double covariance = 0;
                for (int j = from; j < from + MEMBERS; j++) {
                    covariance += (rows[r][j] - rowMean) * (predicted[j] - mean) / (MEMBERS - 1);
                }
                double per = covariance / variance;
                for (int j = from; j < from + MEMBERS; j++) {
                    corrected[r][j] = rows[r][j] + per * (1 - predicted[j]);
                    sum += corrected[r][j];
                }
            }
        }
        return sum;
    }

    private static double mean(double[] row, int from) {
        double sum = 0;
        for (int j = from; j < from + MEMBERS; j++) {
            sum += row[j];
        }
        return sum / MEMBERS;
    }

    /** The same by ND4J. */
    @Benchmark
    public double learnNd4j() {
        return batch.learn();
    }

    /** The cells as ND4J's arrays, made once: only the algebra is timed. */
    private static final class NdBatch implements AutoCloseable {
        private final INDArray first;
        private final INDArray[] slopes;
        private final INDArray drop;
        private final INDArray power;
        private final INDArray gain;
        private final INDArray bias;
        private final INDArray spare;
        private final INDArray cyclesLoss;
        private final INDArray rows;
        private final INDArray predicted;
        private final int cells;

        NdBatch(ForecastAlgebraBenchmark b) {
            cells = b.cells;
            first = vector(b.charge[0]);
            slopes = new INDArray[KNOTS.length - 1];
            double[] before = new double[b.drop.length];
            for (int k = 1; k < KNOTS.length; k++) {
                double[] bend = new double[before.length];
                for (int j = 0; j < bend.length; j++) {
                    double slope = (b.charge[k][j] - b.charge[k - 1][j]) / (KNOTS[k] - KNOTS[k - 1]);
                    bend[j] = slope - before[j];
                    before[j] = slope;
                }
                slopes[k - 1] = vector(bend);
            }
            drop = vector(b.drop);
            power = vector(b.exponent).mul(vector(b.logActive));
            gain = vector(b.gain);
            bias = vector(b.bias);
            spare = Nd4j.create(b.spare);
            cyclesLoss = Nd4j.create(b.loss).mul(CYCLES);
            double[][] byCell = new double[cells * ROWS][MEMBERS];
            for (int cell = 0; cell < cells; cell++) {
                for (int r = 0; r < ROWS; r++) {
                    System.arraycopy(b.rows[r], cell * MEMBERS, byCell[cell * ROWS + r], 0, MEMBERS);
                }
            }
            rows = Nd4j.create(byCell).reshape(cells, ROWS, MEMBERS);
            predicted = vector(b.predicted).reshape(cells, 1, MEMBERS);
        }

        private static INDArray vector(double[] values) {
            return Nd4j.create(values, new long[] {values.length}, DataType.DOUBLE);
        }

        /** The line of pieces is the first value, and a bend at each knot. */
        double node() {
            INDArray q = first.dup();
            for (int k = 0; k < slopes.length; k++) {
                q.addi(Transforms.max(drop.sub(KNOTS[k]), 0, false).muli(slopes[k]));
            }
            INDArray thinned = Transforms.max(q, 0, false).muli(Transforms.exp(power, true));
            INDArray member =
                    Transforms.max(first.sub(thinned).muli(gain).rsubi(first).addi(bias), 0, false);
            INDArray left = spare.sub(cyclesLoss.mulRowVector(member));
            INDArray capacity = Transforms.max(Transforms.min(left, 0, false).addiRowVector(member), 0, false);
            return capacity.sumNumber().doubleValue();
        }

        double learn() {
            INDArray away = predicted.sub(predicted.mean(true, 2));
            INDArray variance = away.mul(away).sum(true, 2).divi(MEMBERS - 1).addi(NOISE);
            INDArray anomalies = rows.sub(rows.mean(true, 2));
            INDArray covariance = anomalies.mul(away).sum(true, 2).divi(MEMBERS - 1);
            INDArray per = covariance.div(variance);
            INDArray corrected = rows.add(per.mul(predicted.rsub(1)));
            return corrected.sumNumber().doubleValue();
        }

        @Override
        public void close() {
            first.close();
            drop.close();
            power.close();
            gain.close();
            bias.close();
            spare.close();
            cyclesLoss.close();
            rows.close();
            predicted.close();
            for (INDArray slope : slopes) {
                slope.close();
            }
        }
    }
}
