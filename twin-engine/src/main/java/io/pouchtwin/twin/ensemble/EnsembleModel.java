package io.pouchtwin.twin.ensemble;

import io.pouchtwin.cell.reduced.MemberParameter;
import java.util.Map;

/**
 * A cell model that carries an ensemble of one cell: what the filter needs to know of the physics.
 *
 * <p>One instance belongs to one cell and to one thread. All arrays that it hands out are its own rows of length
 * {@link #members()}; they stay the same arrays for the life of the instance. Current is positive when it charges the
 * cell. Everything is a function of the calls made and of the key given at the start; no clock, no shared random state.
 */
public interface EnsembleModel {

    /** Number of members. */
    int members();

    /** What is run: parameter set, area and capacity. */
    CellDesign design();

    /** Digest of the parameter set's values: a snapshot made under other values is refused. */
    String parameterDigest();

    /** Names the rows that {@link #save} writes, so that a snapshot of another layout is refused. */
    String layout();

    /** Temperature assumed where no sensor reports one [K]. */
    double referenceTemperatureK();

    /**
     * Draws the slow quantities of all members from the prior of the parameter set.
     *
     * @param cell name of the cell, which all its random numbers are keyed by
     */
    void drawPrior(String cell);

    /**
     * Spreads the members over everything that the design allows and predicts the voltage under the given current, as
     * one would who knows the design and nothing of the cell's state.
     *
     * @param currentA current [A]
     * @param temperatureK temperature [K]
     */
    void predictUnknown(double currentA, double temperatureK);

    /**
     * Puts each member at the state of charge at which it would show this voltage under this current, with uniform
     * profiles, spread by what the unknown history leaves open.
     *
     * @param voltageV measured voltage [V]
     * @param currentA measured current [A]
     * @param temperatureK temperature [K]
     * @param step counter of samples, keys the random numbers
     */
    void startFrom(double voltageV, double currentA, double temperatureK, long step);

    /** The scale on which the present predictions of the voltage are compared with a measurement. */
    VoltageScale voltageScale();

    /**
     * Brings the outputs up to date after a correction that they do not follow in proportion.
     *
     * @param currentA current at the sample [A]
     */
    void evaluate(double currentA);

    /**
     * Moves all members over one interval and predicts voltage and temperature at its end.
     *
     * @param interval current and length of the interval
     * @param step counter of samples, keys the random numbers
     */
    void advance(Interval interval, long step);

    /**
     * Variance of the voltage that has built up since the model's own noise was last drawn [V2]; belongs to the
     * measurement's noise until it is.
     */
    double pendingVoltageVariance();

    /**
     * Variance of what a published quantity is off by beside the members' spread: what no member carries, in its unit squared.
     *
     * @param quantity which
     * @param mean of its row
     * @param spread standard deviation of its row
     */
    double besideVariance(Quantity quantity, double mean, double spread);

    /**
     * Whether a voltage that fell away from the prediction is put aside for now, because another thing than what the update
     * moves may be behind it: the end of the lithium. Called before each update, with every sample.
     *
     * @param currentA measured current [A]
     * @param innovationV measured minus predicted voltage [V]
     * @param normalisedSquare the innovation squared over its variance [1]
     */
    default boolean putsAside(double currentA, double innovationV, double normalisedSquare) {
        return false;
    }

    /** Brings every member back inside its physical bounds after an update, and brings the published rows up to date. */
    void settle();

    /** Rows that the update moves freely: profiles, temperatures, offsets, and the published rows that follow them. */
    double[][] fastRows();

    /** Rows of the quantities that hardly change from sample to sample. */
    double[][] slowRows();

    /** The model's parameters as each member has them now, for a forecast to start from; a copy. None where the model has no such parameters. */
    default Map<MemberParameter, double[]> memberParameters() {
        return Map.of();
    }

    /** Row of a published quantity. */
    double[] row(Quantity quantity);

    /** Number of doubles that {@link #save} writes. */
    int savedLength();

    /** Writes everything that the next call depends on. */
    void save(double[] target);

    /** Takes up what {@link #save} wrote. */
    void restore(double[] source);
}
