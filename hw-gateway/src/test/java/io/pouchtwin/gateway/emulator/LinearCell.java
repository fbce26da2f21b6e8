package io.pouchtwin.gateway.emulator;

/**
 * A test double for a cell, with closed solutions: a capacitor (the open-circuit voltage rises linearly with charge) behind a resistance.
 * Not physics; it is here so that tests know the right answer and need no time.
 */
public final class LinearCell implements CellUnderTest {
    private static final double EMPTY_V = 3.0;
    private static final double FULL_V = 4.2;

    private final double capacityAs;
    private final double resistanceOhm;
    private double chargeAs;

    public LinearCell(double capacityAh, double stateOfCharge) {
        capacityAs = capacityAh * 3600;
        resistanceOhm = 0.05 / capacityAh;
        chargeAs = stateOfCharge * capacityAs;
    }

    public static CellUnderTest of(VirtualCellConfig config) {
        return new LinearCell(config.capacityAh(), 0.3);
    }

    @Override
    public Advance advance(Hold hold, double seconds, Limits limits) {
        return hold instanceof Hold.Current current
                ? underCurrent(current.currentA(), seconds, limits)
                : atVoltage(((Hold.Voltage) hold).voltageV(), seconds, limits);
    }

    private Advance underCurrent(double current, double seconds, Limits limits) {
        double slope = current * slopeVPerAs();
        double start = openCircuitV() + current * resistanceOhm;
        double limit = current > 0 ? limits.voltageMaxV() : current < 0 ? limits.voltageMinV() : Double.NaN;
        double reached = (limit - start) / slope;
        boolean ends = reached < seconds;
        double elapsed = ends ? Math.max(0, reached) : seconds;
        chargeAs += current * elapsed;
        double end = openCircuitV() + current * resistanceOhm;
        return new Advance(
                elapsed,
                ends ? End.LIMIT : End.TIME,
                end,
                current,
                25,
                current * elapsed,
                current * elapsed * (start + end) / 2);
    }

    private Advance atVoltage(double voltage, double seconds, Limits limits) {
        double startA = (voltage - openCircuitV()) / resistanceOhm;
        double tau = resistanceOhm / slopeVPerAs();
        double reached = limits.taperA() > 0 ? tau * Math.log(Math.abs(startA) / limits.taperA()) : Double.MAX_VALUE;
        boolean ends = reached < seconds;
        double elapsed = ends ? Math.max(0, reached) : seconds;
        double moved = startA * tau * -Math.expm1(-elapsed / tau);
        chargeAs += moved;
        return new Advance(
                elapsed,
                ends ? End.LIMIT : End.TIME,
                voltage,
                (voltage - openCircuitV()) / resistanceOhm,
                25,
                moved,
                moved * voltage);
    }

    private double slopeVPerAs() {
        return (FULL_V - EMPTY_V) / capacityAs;
    }

    private double openCircuitV() {
        return EMPTY_V + chargeAs * slopeVPerAs();
    }

    @Override
    public void tell(Storyline storyline, double testerTimeS) {
        // this one stays healthy
    }

    @Override
    public double[] save() {
        return new double[] {chargeAs};
    }

    @Override
    public void restore(double[] state) {
        chargeAs = state[0];
    }
}
