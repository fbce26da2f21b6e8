package io.pouchtwin.cell.parameters;

/**
 * One value of a parameter set as its file states it.
 *
 * @param key group.name
 * @param value in the file's unit; 0 for a law
 * @param law the name of the law; empty for a number
 * @param unit the file's unit
 * @param source where the value is from
 * @param status how well founded it is
 * @param spread how far the true value may lie from it
 * @param note free text, may be empty
 * @param file the file that it was read from
 */
public record ParameterValue(
        String key,
        double value,
        String law,
        Unit unit,
        String source,
        Status status,
        Spread spread,
        String note,
        String file) {

    /** The value in SI. */
    public double si() {
        return unit.toSi(value);
    }

    /** True if this names a law instead of giving a number. */
    public boolean isLaw() {
        return unit.quantity() == Quantity.LAW;
    }

    /** The same with another value, given in SI. */
    public ParameterValue withSi(double si) {
        return new ParameterValue(key, unit.fromSi(si), law, unit, source, status, spread, note, file);
    }
}
