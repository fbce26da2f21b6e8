package io.pouchtwin.twin.validation;

import io.pouchtwin.contracts.v1.Estimate;

/** What a filter made of some cells, in what all filters of the comparison say. */
final class FilterResult {
    /** Quantities of a sample. */
    static final int VOLTAGE = 0;

    static final int TEMPERATURE = 1;
    static final int SOC = 2;
    static final int CAPACITY = 3;
    static final int FILM = 4;
    static final int QUANTITIES = 5;

    private final ErrorTally[] tallies = new ErrorTally[QUANTITIES];
    private double normalisedSquares;
    private long samples;
    private double nanos;
    private double capacityErrors;
    private double filmErrors;
    private int grownFilms;
    private int cells;
    private int restarts;
    private int keptBytes;

    FilterResult() {
        for (int k = 0; k < QUANTITIES; k++) {
            tallies[k] = new ErrorTally();
        }
    }

    /** One sample after the filter has had time to settle. */
    void settled(double normalisedSquare, double cpuNanos, Estimate[] said, double[] truth) {
        for (int k = 0; k < QUANTITIES; k++) {
            tallies[k].add(said[k], truth[k]);
        }
        normalisedSquares += normalisedSquare;
        nanos += cpuNanos;
        samples++;
    }

    /** The last sample of a cell. */
    void end(Estimate[] said, double[] truth, int bytes) {
        cells++;
        keptBytes = bytes;
        double capacity = said[CAPACITY].getValue() / truth[CAPACITY] - 1;
        capacityErrors += capacity * capacity;
        if (truth[FILM] >= EstimationResult.TELLING_FILM_OHM_CM2) {
            double film = said[FILM].getValue() / truth[FILM] - 1;
            filmErrors += film * film;
            grownFilms++;
        }
    }

    void restarted() {
        restarts++;
    }

    void add(FilterResult other) {
        for (int k = 0; k < QUANTITIES; k++) {
            tallies[k].add(other.tallies[k]);
        }
        normalisedSquares += other.normalisedSquares;
        samples += other.samples;
        nanos += other.nanos;
        capacityErrors += other.capacityErrors;
        filmErrors += other.filmErrors;
        grownFilms += other.grownFilms;
        cells += other.cells;
        restarts += other.restarts;
        keptBytes = Math.max(keptBytes, other.keptBytes);
    }

    ErrorTally of(int quantity) {
        return tallies[quantity];
    }

    double meanNormalisedSquare() {
        return normalisedSquares / samples;
    }

    double microsecondsPerSample() {
        return 1e-3 * nanos / samples;
    }

    double capacityError() {
        return Math.sqrt(capacityErrors / cells);
    }

    /** NaN without a grown film. */
    double filmError() {
        return grownFilms == 0 ? Double.NaN : Math.sqrt(filmErrors / grownFilms);
    }

    int grownFilms() {
        return grownFilms;
    }

    int cells() {
        return cells;
    }

    int restarts() {
        return restarts;
    }

    double kibibytes() {
        return keptBytes / 1024.0;
    }
}
