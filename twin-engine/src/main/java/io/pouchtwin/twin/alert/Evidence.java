package io.pouchtwin.twin.alert;

/**
 * What a judgement rests on, for a person.
 *
 * @param title what is the matter, in a sentence
 * @param quantity what was judged
 * @param unit its unit; empty for a number without one
 * @param value its value; NaN where there is no number
 * @param low lower end of its 90 % interval; NaN where it has none
 * @param high upper end
 * @param threshold what it was held against, for the level judged
 * @param horizonS how far ahead the value looks [s]; NaN where it looks ahead in cycles, or not at all
 * @param horizonCycles how far ahead the value looks [cycles]; NaN likewise
 * @param cause what is likely behind it
 * @param action what to do
 */
public record Evidence(
        String title,
        String quantity,
        String unit,
        double value,
        double low,
        double high,
        double threshold,
        double horizonS,
        double horizonCycles,
        String cause,
        String action) {

    /** Something that is so now. */
    static Evidence now(
            String title,
            String quantity,
            String unit,
            double value,
            double low,
            double high,
            double threshold,
            String cause,
            String action) {
        return new Evidence(title, quantity, unit, value, low, high, threshold, Double.NaN, Double.NaN, cause, action);
    }

    /** The same looking ahead in time [s]. */
    Evidence inSeconds(double seconds) {
        return new Evidence(title, quantity, unit, value, low, high, threshold, seconds, horizonCycles, cause, action);
    }

    /** The same looking ahead in cycles. */
    Evidence inCycles(double cycles) {
        return new Evidence(title, quantity, unit, value, low, high, threshold, horizonS, cycles, cause, action);
    }
}
