package io.pouchtwin.twin.ensemble;

import io.pouchtwin.cell.math.Elementary;
import io.pouchtwin.cell.math.ElementaryRows;
import io.pouchtwin.cell.math.Philox;
import io.pouchtwin.cell.reduced.Ensemble;
import io.pouchtwin.cell.reduced.MemberParameter;

/**
 * The slow quantities of all members in the coordinates that the filter moves: independent and standard normal under the
 * prior. With L the {@link CellPrior#mixing} and xi the coordinates, z = L xi and the value follows from z by the quantity's
 * {@link SlowQuantity.Law}.
 */
final class SlowRows {
    /** Slow quantities wander in strides of this much tester time [s]: once per sample would cost more than the step. */
    private static final double STRIDE_S = 600;

    /** Of a rest, so much belongs to the cycle before it [s]: what a cell loses, it loses by being cycled. */
    private static final double LONGEST_REST_S = 3600;

    /** How far coordinates may go from the prior's centre, in its standard deviations [1]. */
    private static final double FARTHEST = 6;

    private static final int SCALARS = 3;

    private final CellPrior prior;
    private final int members;
    private final double referenceTemperatureK;
    private final double[][] coordinates;
    private final ElementaryRows elementary;
    /** Resistance of the film at the reference temperature, whatever the temperature does to it now [ohm m2]. */
    final double[] film;

    /** Film and contact before they are bent away from zero: how uncertain a thin one is, its own spread would hide [ohm m2]. */
    final double[] straightFilm;

    final double[] straightContact;

    private double strideS;
    /** Time since current flowed, and what has passed of the time in which a cell fades since the last stride [s]. */
    private double restS;

    private double cycledS;
    /** What the activation energies that differ from the set's act on: 1 / T_ref - 1 / T at the last {@link #write} [1/K]. */
    private double warmth;

    SlowRows(CellPrior prior, double referenceTemperatureK, int members) {
        this.prior = prior;
        this.members = members;
        this.referenceTemperatureK = referenceTemperatureK;
        coordinates = new double[prior.quantities().size() + prior.activations().size()][members];
        elementary = new ElementaryRows(members);
        film = new double[members];
        straightFilm = new double[members];
        straightContact = new double[members];
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
        restS = 0;
        cycledS = 0;
    }

    /**
     * Whether enough time has passed for a stride; the interval counts either way.
     *
     * @param flows whether current flowed in it
     */
    boolean strideIsDue(double lengthS, boolean flows) {
        strideS += lengthS;
        double before = restS;
        restS = flows ? 0 : Math.min(LONGEST_REST_S, restS + lengthS);
        cycledS += flows ? lengthS : restS - before;
        return strideS >= STRIDE_S;
    }

    /**
     * Lets the quantities change: what was learnt fades towards the prior with each one's own memory. One that wanders by a
     * measure of its own is not dragged along by those that it is correlated with.
     */
    void walk(IndependentNoise independent, Philox random, long step, int stream, double[] noise) {
        double hours = strideS / 3600;
        double cycledHours = cycledS / 3600;
        drag(1);
        for (int k = 0; k < coordinates.length; k++) {
            double memoryH =
                    k < prior.quantities().size() ? prior.quantities().get(k).memoryH() : SlowQuantity.LASTING_MEMORY_H;
            double keep = Elementary.exp(-hours / memoryH);
            double fresh = Math.sqrt(1 - keep * keep) * pace(k);
            independent.draw(noise, random, step, stream, k);
            double fade = fade(k) * cycledHours;
            double[] row = coordinates[k];
            for (int j = 0; j < members; j++) {
                row[j] = Math.fma(keep, row[j], Math.fma(fresh, noise[j], -fade));
            }
        }
        drag(-1);
        strideS = 0;
        cycledS = 0;
    }

    /** What a quantity loses in an hour, in its own coordinate [1/h]. */
    private double fade(int k) {
        if (k >= prior.quantities().size()
                || prior.quantities().get(k).target() != MemberParameter.ACTIVE_FRACTION_FACTOR) {
            return 0;
        }
        return SlowQuantity.CAPACITY_FADE_PER_H / (prior.quantities().get(k).sigma() * prior.mixing()[k][k]);
    }

    /** Adds to the coordinates of those that wander by a measure of their own, times the sign, what the others make of them. */
    private void drag(double sign) {
        for (int k = 1; k < prior.quantities().size(); k++) {
            if (wanders(k)) {
                drag(k, sign);
            }
        }
    }

    private boolean wanders(int k) {
        return prior.quantities().get(k).memoryH() != SlowQuantity.LASTING_MEMORY_H;
    }

    /** Adds to coordinate k, times the sign, what the coordinates before it make of its quantity, in its own measure. */
    private void drag(int k, double sign) {
        double[] weights = prior.mixing()[k];
        for (int m = 0; m < k; m++) {
            double weight = sign * weights[m] / weights[k];
            if (weight != 0) {
                double[] own = coordinates[k];
                double[] other = coordinates[m];
                for (int j = 0; j < members; j++) {
                    own[j] = Math.fma(weight, other[j], own[j]);
                }
            }
        }
    }

    /** A film moves by a share of what it is, in coordinates that are linear in it. */
    private double pace(int k) {
        if (k >= prior.quantities().size()) {
            return 1;
        }
        SlowQuantity quantity = prior.quantities().get(k);
        return quantity.target() == MemberParameter.FILM_RESISTANCE && !quantity.logarithmic()
                ? Math.min(3, RowStatistics.mean(film) / quantity.centre())
                : 1;
    }

    /** From the filter's coordinates to the model's parameters. */
    void write(Ensemble ensemble, double temperatureK) {
        warmth = 1 / referenceTemperatureK - 1 / temperatureK;
        for (int k = 0; k < coordinates.length; k++) {
            double[] row = coordinates[k];
            double lowest = lowest(k);
            for (int j = 0; j < members; j++) {
                row[j] = Math.max(lowest, Math.min(FARTHEST, row[j]));
            }
        }
        for (int k = 0; k < prior.quantities().size(); k++) {
            mix(k, ensemble.parameter(prior.quantities().get(k).target()));
        }
        System.arraycopy(ensemble.parameter(MemberParameter.FILM_RESISTANCE), 0, straightFilm, 0, members);
        System.arraycopy(ensemble.parameter(MemberParameter.CONTACT_RESISTANCE), 0, straightContact, 0, members);
        addActivations(ensemble, true);
        for (SlowQuantity quantity : prior.quantities()) {
            finish(quantity, ensemble.parameter(quantity.target()));
        }
        System.arraycopy(ensemble.parameter(MemberParameter.FILM_RESISTANCE), 0, film, 0, members);
        addActivations(ensemble, false);
    }

    /** Members that an update carries far below zero resistance would no longer follow the voltage. */
    private double lowest(int k) {
        if (k > 0) {
            return -FARTHEST;
        }
        SlowQuantity film = prior.quantities().get(0);
        return (-SlowQuantity.LOWEST_BENDS * SlowQuantity.BEND_OHM_M2 - film.centre()) / film.sigma();
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
        switch (quantity.law()) {
            case LOGNORMAL -> {
                elementary.exp(value, value, members);
                for (int j = 0; j < members; j++) {
                    value[j] *= centre;
                }
            }
            case NORMAL -> {
                for (int j = 0; j < members; j++) {
                    value[j] += centre;
                }
            }
            case POSITIVE -> {
                double bend = 4 * SlowQuantity.BEND_OHM_M2 * SlowQuantity.BEND_OHM_M2;
                double lowest = -SlowQuantity.LOWEST_BENDS * SlowQuantity.BEND_OHM_M2;
                for (int j = 0; j < members; j++) {
                    double u = Math.max(lowest, centre + value[j]);
                    value[j] = 0.5 * (u + Math.sqrt(Math.fma(u, u, bend)));
                }
            }
        }
    }

    private void activate(ActivationSpread activation, double[] z, double[] value) {
        double weight = activation.perInverseK() * warmth;
        if (prior.quantities().get(activation.of()).logarithmic()) {
            for (int j = 0; j < members; j++) {
                value[j] = Math.fma(weight, z[j], value[j]);
            }
        } else {
            // The exponential to second order: some percent, and never negative.
            for (int j = 0; j < members; j++) {
                double x = weight * z[j];
                value[j] *= Math.fma(x, Math.fma(0.5, x, 1), 1);
            }
        }
    }

    /** Logarithms are raised before they are finished, resistances after. */
    private void addActivations(Ensemble ensemble, boolean logarithmic) {
        for (int a = 0; a < prior.activations().size(); a++) {
            ActivationSpread activation = prior.activations().get(a);
            SlowQuantity of = prior.quantities().get(activation.of());
            if (of.logarithmic() == logarithmic) {
                activate(activation, coordinates[prior.quantities().size() + a], ensemble.parameter(of.target()));
            }
        }
    }

    /**
     * A factor at the reference temperature: what {@link #write} wrote, without what an activation energy that differs from
     * the set's makes of it now; the exponential of some percent to third order.
     *
     * @param target a logarithmic quantity
     * @param value receives it [1]
     */
    void atReference(MemberParameter target, Ensemble ensemble, double[] value) {
        System.arraycopy(ensemble.parameter(target), 0, value, 0, members);
        for (int a = 0; a < prior.activations().size(); a++) {
            ActivationSpread activation = prior.activations().get(a);
            if (prior.quantities().get(activation.of()).target() == target) {
                double weight = -activation.perInverseK() * warmth;
                double[] z = coordinates[prior.quantities().size() + a];
                for (int j = 0; j < members; j++) {
                    double x = weight * z[j];
                    value[j] *= Math.fma(x, Math.fma(x, Math.fma(x, 1.0 / 6, 0.5), 1), 1);
                }
            }
        }
    }

    /**
     * By how much the variance of a film, a contact or the voltage over one is larger than its bent members say.
     *
     * @param density current density [A/m2]
     */
    double hiddenVariance(Quantity quantity, Ensemble ensemble, double density) {
        return switch (quantity) {
            case FILM_RESISTANCE -> hiddenVariance(straightFilm, film);
            case FILM -> density * density * hiddenVariance(straightFilm, film);
            case CONTACT ->
                density
                        * density
                        * hiddenVariance(straightContact, ensemble.parameter(MemberParameter.CONTACT_RESISTANCE));
            default -> 0;
        };
    }

    private static double hiddenVariance(double[] straight, double[] bent) {
        double wide = RowStatistics.sigma(straight, RowStatistics.mean(straight));
        double narrow = RowStatistics.sigma(bent, RowStatistics.mean(bent));
        return Math.max(0, wide * wide - narrow * narrow);
    }

    int savedLength() {
        return SCALARS + coordinates.length * members;
    }

    void save(double[] target, int from) {
        target[from] = strideS;
        target[from + 1] = restS;
        target[from + 2] = cycledS;
        for (int k = 0; k < coordinates.length; k++) {
            System.arraycopy(coordinates[k], 0, target, from + SCALARS + k * members, members);
        }
    }

    void restore(double[] source, int from) {
        strideS = source[from];
        restS = source[from + 1];
        cycledS = source[from + 2];
        for (int k = 0; k < coordinates.length; k++) {
            System.arraycopy(source, from + SCALARS + k * members, coordinates[k], 0, members);
        }
    }
}
