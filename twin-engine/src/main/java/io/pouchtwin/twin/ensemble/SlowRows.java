package io.pouchtwin.twin.ensemble;

import io.pouchtwin.cell.math.Elementary;
import io.pouchtwin.cell.math.ElementaryRows;
import io.pouchtwin.cell.math.Philox;
import io.pouchtwin.cell.reduced.Ensemble;
import io.pouchtwin.cell.reduced.MemberParameter;

/**
 * The slow quantities of all members in the coordinates that the filter moves: independent and standard normal under the
 * prior. With L the {@link CellPrior#mixing} and xi the coordinates, z = L xi and value = centre e^(sigma z) or centre +
 * sigma z.
 */
final class SlowRows {
    /** Slow quantities wander in strides of this much tester time [s]: once per sample would cost more than the step. */
    private static final double STRIDE_S = 600;

    /** How far coordinates may go from the prior's centre, in its standard deviations [1]. */
    private static final double FARTHEST = 6;

    private final CellPrior prior;
    private final int members;
    private final double referenceTemperatureK;
    private final double[][] coordinates;
    private final ElementaryRows elementary;
    /** Resistance of the film at the reference temperature, whatever the temperature does to it now [ohm m2]. */
    final double[] film;

    private double strideS;

    SlowRows(CellPrior prior, double referenceTemperatureK, int members) {
        this.prior = prior;
        this.members = members;
        this.referenceTemperatureK = referenceTemperatureK;
        coordinates = new double[prior.quantities().size() + prior.activations().size()][members];
        elementary = new ElementaryRows(members);
        film = new double[members];
    }

    /** Rows that the filter moves. */
    double[][] rows() {
        return coordinates;
    }

    void draw(IndependentNoise independent, Philox random, int stream) {
        for (int k = 0; k < coordinates.length; k++) {
            independent.draw(coordinates[k], random, 0, stream, k);
        }
        strideS = 0;
    }

    /** Whether enough time has passed for a stride; the interval counts either way. */
    boolean strideIsDue(double lengthS) {
        strideS += lengthS;
        return strideS >= STRIDE_S;
    }

    /** Lets the quantities change: what was learnt fades towards the prior with each one's own memory. */
    void walk(IndependentNoise independent, Philox random, long step, int stream, double[] noise) {
        double hours = strideS / 3600;
        for (int k = 0; k < coordinates.length; k++) {
            double memoryH =
                    k < prior.quantities().size() ? prior.quantities().get(k).memoryH() : SlowQuantity.LASTING_MEMORY_H;
            double keep = Elementary.exp(-hours / memoryH);
            double fresh = Math.sqrt(1 - keep * keep);
            independent.draw(noise, random, step, stream, k);
            double[] row = coordinates[k];
            for (int j = 0; j < members; j++) {
                row[j] = Math.fma(keep, row[j], fresh * noise[j]);
            }
        }
        strideS = 0;
    }

    /** From the filter's coordinates to the model's parameters. */
    void write(Ensemble ensemble, double temperatureK) {
        for (double[] row : coordinates) {
            for (int j = 0; j < members; j++) {
                row[j] = Math.max(-FARTHEST, Math.min(FARTHEST, row[j]));
            }
        }
        for (int k = 0; k < prior.quantities().size(); k++) {
            mix(k, ensemble.parameter(prior.quantities().get(k).target()));
        }
        writeFilm(ensemble);
        addActivations(ensemble, temperatureK);
        for (SlowQuantity quantity : prior.quantities()) {
            finish(quantity, ensemble.parameter(quantity.target()));
        }
    }

    private void mix(int k, double[] value) {
        double sigma = prior.quantities().get(k).sigma();
        double[] weights = prior.mixing()[k];
        double[] own = coordinates[k];
        double ownWeight = sigma * weights[k];
        for (int j = 0; j < members; j++) {
            value[j] = ownWeight * own[j];
        }
        for (int m = 0; m < k; m++) {
            double weight = sigma * weights[m];
            if (weight != 0) {
                double[] other = coordinates[m];
                for (int j = 0; j < members; j++) {
                    value[j] = Math.fma(weight, other[j], value[j]);
                }
            }
        }
    }

    private void finish(SlowQuantity quantity, double[] value) {
        double centre = quantity.centre();
        if (quantity.logarithmic()) {
            elementary.exp(value, value, members);
            for (int j = 0; j < members; j++) {
                value[j] *= centre;
            }
        } else {
            for (int j = 0; j < members; j++) {
                value[j] += centre;
            }
        }
    }

    private void writeFilm(Ensemble ensemble) {
        double centre = prior.quantities().get(0).centre();
        elementary.exp(ensemble.parameter(MemberParameter.FILM_RESISTANCE), film, members);
        for (int j = 0; j < members; j++) {
            film[j] *= centre;
        }
    }

    private void addActivations(Ensemble ensemble, double temperatureK) {
        double warmth = 1 / referenceTemperatureK - 1 / temperatureK;
        for (int a = 0; a < prior.activations().size(); a++) {
            ActivationSpread activation = prior.activations().get(a);
            double[] z = coordinates[prior.quantities().size() + a];
            double[] value =
                    ensemble.parameter(prior.quantities().get(activation.of()).target());
            double weight = activation.perInverseK() * warmth;
            for (int j = 0; j < members; j++) {
                value[j] = Math.fma(weight, z[j], value[j]);
            }
        }
    }

    int savedLength() {
        return 1 + coordinates.length * members;
    }

    void save(double[] target, int from) {
        target[from] = strideS;
        for (int k = 0; k < coordinates.length; k++) {
            System.arraycopy(coordinates[k], 0, target, from + 1 + k * members, members);
        }
    }

    void restore(double[] source, int from) {
        strideS = source[from];
        for (int k = 0; k < coordinates.length; k++) {
            System.arraycopy(source, from + 1 + k * members, coordinates[k], 0, members);
        }
    }
}
