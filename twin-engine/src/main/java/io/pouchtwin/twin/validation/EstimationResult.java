package io.pouchtwin.twin.validation;

import io.pouchtwin.contracts.v1.TwinState;
import java.util.EnumMap;
import java.util.Map;

/** What the twins of a case made of their cells. */
final class EstimationResult {
    /**
     * From here on voltage tells a film to a tenth [ohm cm2]: film and contact are in series, both linear in the current. The
     * contacts of the calibrated cells differ by 0.33 ohm cm2 (one standard deviation), the model is off by 0.2, and 0.45 is
     * what comes out of it all.
     */
    static final double TELLING_FILM_OHM_CM2 = 4.5;

    private final Map<Published, ErrorTally> tallies = new EnumMap<>(Published.class);
    private double normalisedSquares;
    private long samples;
    private double capacityErrors;
    private double filmErrors;
    private long grownFilms;
    private double thinFilmErrors;
    private long thinFilms;
    private long cells;
    int restarts;

    EstimationResult() {
        for (Published quantity : Published.values()) {
            tallies.put(quantity, new ErrorTally());
        }
    }

    /** A sample of a twin that has had time to settle. */
    void settled(TwinState state, Truth truth) {
        for (Published quantity : Published.values()) {
            quantity.estimate(state).ifPresent(estimate -> of(quantity).add(estimate, quantity.truth(state, truth)));
        }
        normalisedSquares += state.getNormalisedInnovationSquared();
        samples++;
    }

    /** The last sample of a cell. */
    void end(TwinState state, Truth truth) {
        capacityErrors += square(state.getCapacityAh().getValue() / truth.capacityAh() - 1);
        cells++;
        double film = state.getFilmResistanceOhmCm2().getValue();
        if (truth.filmResistanceOhmCm2() >= TELLING_FILM_OHM_CM2) {
            filmErrors += square(film / truth.filmResistanceOhmCm2() - 1);
            grownFilms++;
        } else {
            thinFilmErrors += square(film - truth.filmResistanceOhmCm2());
            thinFilms++;
        }
    }

    private static double square(double value) {
        return value * value;
    }

    /** Takes up another result. */
    void add(EstimationResult other) {
        other.tallies.forEach((quantity, tally) -> of(quantity).add(tally));
        normalisedSquares += other.normalisedSquares;
        samples += other.samples;
        capacityErrors += other.capacityErrors;
        filmErrors += other.filmErrors;
        grownFilms += other.grownFilms;
        thinFilmErrors += other.thinFilmErrors;
        thinFilms += other.thinFilms;
        cells += other.cells;
        restarts += other.restarts;
    }

    ErrorTally of(Published quantity) {
        ErrorTally tally = tallies.get(quantity);
        if (tally == null) {
            throw new IllegalStateException(quantity + " is not counted");
        }
        return tally;
    }

    /** Mean normalised squared innovation; 1 while the uncertainty of the voltage is right. */
    double meanNormalisedSquare() {
        return normalisedSquares / samples;
    }

    /** Root mean square over the cells of the capacity's relative error at the end [1]. */
    double capacityError() {
        return Math.sqrt(capacityErrors / cells);
    }

    /** Root mean square over the cells with a grown film of its resistance's relative error at the end [1]; NaN without any. */
    double filmError() {
        return grownFilms == 0 ? Double.NaN : Math.sqrt(filmErrors / grownFilms);
    }

    /** Number of cells whose film is thick enough for voltage to tell. */
    long grownFilms() {
        return grownFilms;
    }

    /** Root mean square over the other cells of the film resistance's error at the end [ohm cm2]; NaN without any. */
    double thinFilmErrorOhmCm2() {
        return thinFilms == 0 ? Double.NaN : Math.sqrt(thinFilmErrors / thinFilms);
    }

    /** Number of the other cells. */
    long thinFilms() {
        return thinFilms;
    }
}
