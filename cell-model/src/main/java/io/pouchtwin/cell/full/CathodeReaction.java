package io.pouchtwin.cell.full;

import io.pouchtwin.cell.ButlerVolmer;
import io.pouchtwin.cell.CathodeExchangeCurrent;
import io.pouchtwin.cell.PhysicalConstants;
import io.pouchtwin.cell.parameters.CellParameters.Cathode;

/**
 * Charge transfer at a particle's surface in the form that Newton's method likes at any current:
 *
 * <pre>g = phi_s - phi_e - U(x_s, T) - 2 V_T asinh( j / (2 i0(c, x_s, T)) ) = 0</pre>
 */
final class CathodeReaction {
    private final Cathode cathode;
    private final double referenceK;

    /** Results of {@link #linearise}: g and its slopes in j, x_s and relative salt; U(x_s, T). */
    double residual;

    double perReaction;
    double perSurface;
    double perSalt;
    double openCircuit;
    /** 2 i0 and asinh( j / (2 i0) ) at the linearisation. */
    double twiceExchange;

    double stretched;

    CathodeReaction(Cathode cathode, double referenceK) {
        this.cathode = cathode;
        this.referenceK = referenceK;
    }

    double openCircuit(double x, double kelvin) {
        double u = cathode.openCircuitVoltage().voltage(x);
        return cathode.entropic().isZero()
                ? u
                : u + (kelvin - referenceK) * cathode.entropic().at(x);
    }

    void linearise(double potentialStep, double x, double salt, double reaction, double kelvin) {
        double thermal = PhysicalConstants.thermalVoltage(kelvin);
        CathodeExchangeCurrent law = cathode.exchangeCurrent();
        double held = salt + StageSolver.RESIDUAL_SALT;
        double exchange = law.at(held, x, kelvin) * (salt / held);
        double z = reaction / (2 * exchange);
        double root = Math.sqrt(1 + z * z);
        double slope = cathode.openCircuitVoltage().slope(x);
        if (!cathode.entropic().isZero()) {
            slope += (kelvin - referenceK) * cathode.entropic().slope(x);
        }
        double inside =
                Math.min(Math.max(x, CathodeExchangeCurrent.END_DISTANCE), 1 - CathodeExchangeCurrent.END_DISTANCE);
        double logSlope = inside == x ? law.filledExponent() / x - law.emptyExponent() / (1 - x) : 0;
        openCircuit = openCircuit(x, kelvin);
        twiceExchange = 2 * exchange;
        stretched = ButlerVolmer.asinh(z);
        residual = potentialStep - openCircuit - 2 * thermal * stretched;
        perReaction = -thermal / (exchange * root);
        perSurface = -slope + 2 * thermal * z / root * logSlope;
        perSalt = 2 * thermal * z / root * (1 / salt + (law.electrolyteExponent() - 1) / held);
    }
}
