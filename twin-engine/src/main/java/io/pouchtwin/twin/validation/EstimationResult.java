package io.pouchtwin.twin.validation;

import io.pouchtwin.contracts.v1.TwinState;
import java.util.EnumMap;
import java.util.Map;

/** What the twins of a case made of their cells. */
final class EstimationResult {
    private final Map<Published, ErrorTally> tallies = new EnumMap<>(Published.class);
    private double normalisedSquares;
    private long samples;
    private double capacityErrors;
    private double filmErrors;
    private long cells;
    int restarts;

    EstimationResult() {
        for (Published quantity : Published.values()) {
            tallies.put(quantity, new ErrorTally());
        }
    }

    /** A sample of a twin that has had time to settle. */
    void settled(TwinState state, Truth truth) {
        of(Published.VOLTAGE).add(state.getVoltagePredictedV(), state.getVoltageMeasuredV());
        if (state.hasTemperatureMeasuredDegc()) {
            of(Published.TEMPERATURE).add(state.getTemperaturePredictedDegc(), state.getTemperatureMeasuredDegc());
        }
        of(Published.SOC).add(state.getSoc(), truth.soc());
        of(Published.SURFACE_STOICHIOMETRY).add(state.getCathodeSurfaceStoichiometry(), truth.surfaceStoichiometry());
        of(Published.FILM_RESISTANCE).add(state.getFilmResistanceOhmCm2(), truth.filmResistanceOhmCm2());
        of(Published.CAPACITY).add(state.getCapacityAh(), truth.capacityAh());
        normalisedSquares += state.getNormalisedInnovationSquared();
        samples++;
    }

    /** The last sample of a cell. */
    void end(TwinState state, Truth truth) {
        capacityErrors += square(state.getCapacityAh().getValue() / truth.capacityAh() - 1);
        filmErrors += square(state.getFilmResistanceOhmCm2().getValue() / truth.filmResistanceOhmCm2() - 1);
        cells++;
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

    /** Root mean square over the cells of the film resistance's relative error at the end [1]. */
    double filmError() {
        return Math.sqrt(filmErrors / cells);
    }
}
