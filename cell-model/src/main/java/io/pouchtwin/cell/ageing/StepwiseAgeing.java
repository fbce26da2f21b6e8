package io.pouchtwin.cell.ageing;

/**
 * Ageing inside a cycle, sample by sample: the differential form of the same laws.
 *
 * <p>Keeps the running quantities of the half cycle (charge, depth) that some laws depend on; a half cycle ends when the sign of the current changes, a cycle when a discharge ends. Not thread-safe.
 */
public final class StepwiseAgeing {
    private final AgeingLaws laws;
    private SlowState state;
    private double sign;
    private double halfCycleChargeCPerM2;
    private double halfCycleDepth;
    private double chargedDepth;

    /** Starts a cell in this state, at the beginning of a half cycle. */
    public StepwiseAgeing(AgeingLaws laws, SlowState state) {
        this.laws = laws;
        this.state = state;
    }

    /** The present state. */
    public SlowState state() {
        return state;
    }

    /**
     * A step under constant current.
     *
     * @param currentDensity positive on charge (plating) [A/m2]
     * @param lengthS [s]
     * @param stoichiometryChange change of the cathode's mean stoichiometry in the step [1]
     * @param temperatureK [K]
     */
    public void step(double currentDensity, double lengthS, double stoichiometryChange, double temperatureK) {
        double direction = Math.signum(currentDensity);
        if (direction != 0 && direction != sign) {
            if (sign < 0) {
                settle();
            }
            chargedDepth = sign > 0 ? halfCycleDepth : chargedDepth;
            sign = direction;
            halfCycleChargeCPerM2 = 0;
            halfCycleDepth = 0;
        }
        double i = Math.abs(currentDensity);
        double charge = i * lengthS;
        double depthAfter = halfCycleDepth + Math.abs(stoichiometryChange);
        double bound = laws.film().calendarRate(state.filmChargeCPerM2(), temperatureK) * lengthS;
        double died = 0;
        double utilisation = 0;
        double damage = 0;
        if (direction > 0) {
            // the mean of the rate over the step is the rate's integral over the charge: exact for the power law by its
            // end points
            bound += platedBetween(i, halfCycleChargeCPerM2, halfCycleChargeCPerM2 + charge, temperatureK);
            damage = laws.shorting().rate(i) * lengthS;
        } else if (direction < 0) {
            died = laws.dead().strippingRate(i, temperatureK) * lengthS;
            utilisation = laws.contact().strippingRate(state.contactUtilisation(), i) * lengthS;
        }
        double lost = laws.cathode().within(state.activeFraction(), halfCycleDepth, depthAfter, temperatureK);
        double freed = direction == 0
                ? 0
                : laws.cathode()
                        .freedWithin(direction > 0, chargedDepth, halfCycleDepth, depthAfter, charge, temperatureK);
        state = state.plus(
                new SlowState(
                        bound,
                        died,
                        freed - bound - died,
                        0,
                        utilisation,
                        lost,
                        -laws.electrolyte().used(bound),
                        damage),
                1);
        halfCycleChargeCPerM2 += charge;
        halfCycleDepth = depthAfter;
    }

    /** Ends the cycle after a discharge that no charge follows. */
    public void finish() {
        if (sign < 0) {
            settle();
        }
        sign = 0;
    }

    private double platedBetween(double i, double from, double to, double temperatureK) {
        SeiFilm film = laws.film();
        double n = 1 + film.chargeExponent();
        // platingRate(i, q) = c q^(n-1) with exponent n - 1, hence its integral over q/i
        return (to * film.platingRate(i, to, temperatureK) - from * film.platingRate(i, from, temperatureK)) / (n * i);
    }

    private void settle() {
        double change = laws.contact().settlingPerCycle(state.contactExcess());
        state = state.plus(new SlowState(0, 0, 0, change, 0, 0, 0, 0), 1);
    }
}
