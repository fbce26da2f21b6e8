package io.pouchtwin.twin.forecast;

import io.pouchtwin.cell.math.Elementary;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.reduced.MemberParameter;
import io.pouchtwin.cell.reduced.ReducedCell;
import io.pouchtwin.cell.reduced.ReducedOptions;
import io.pouchtwin.twin.ensemble.RowStatistics;
import java.util.Map;

/**
 * How charge and mean voltage of a discharge follow from what ages, for each member of one cell under one programme, from one fresh discharge on: a table from a handful of resolved cycles.
 *
 * <pre>
 *   Q(R, a) = Q(R) a^p(R),   V(R, a) = V(R) + s(R) ln a
 * </pre>
 *
 * <p>R: resistance on top of the member's own [ohm m2]; a: active material left [1]. Q and V at ten R, exponents at two, in between piecewise linear; the first and the last piece go on beyond their ends. Constant errors
 * of the coarse cell behind it do no harm: the cell's own discharges say what they are.
 */
final class CapacityResponse {
    /** Voltages that the added resistance takes at the discharge current, at which cycles are resolved [V]. */
    private static final double[] DROPS_V = {0, 0.07, 0.14, 0.21, 0.28, 0.34, 0.39, 0.43, 0.47, 0.56};
    /** Which of them also with less active material. */
    private static final int[] THINNED_AT = {0, 4};

    private static final double THINNED = 0.85;
    /** Share of the nominal charge that may pass in a sub-step [1]. */
    private static final double CHARGE_PER_SUB_STEP = 0.0005;

    private static final ReducedOptions COARSE = new ReducedOptions(1, 12, 1, 2).withLongSubSteps(CHARGE_PER_SUB_STEP);

    private final int members;
    private final double ohmM2PerVolt;
    private final double[][] charge;
    private final double[][] voltage;
    private final double[][] exponent;
    private final double[][] slope;

    /** The coarse cell for tables of a design. */
    static ReducedCell coarse(CellParameters parameters) {
        return ReducedCell.of(parameters, COARSE);
    }

    private CapacityResponse(int members, double ohmM2PerVolt) {
        this.members = members;
        this.ohmM2PerVolt = ohmM2PerVolt;
        charge = new double[DROPS_V.length][members];
        voltage = new double[DROPS_V.length][members];
        exponent = new double[THINNED_AT.length][members];
        slope = new double[THINNED_AT.length][members];
    }

    /** Resolves what the table needs. */
    static CapacityResponse of(
            ReducedCell coarse,
            int members,
            Map<MemberParameter, double[]> parameters,
            Programme programme,
            double startK) {
        double perVolt = coarse.parameters().areaM2() / programme.dischargeA();
        CapacityResponse response = new CapacityResponse(members, perVolt);
        EnsembleCycler cycler = new EnsembleCycler(coarse, members);
        for (int k = 0; k < DROPS_V.length; k++) {
            cycler.resolve(parameters, DROPS_V[k] * perVolt, 1, programme, startK);
            System.arraycopy(cycler.dischargeC, 0, response.charge[k], 0, members);
            System.arraycopy(cycler.meanVoltageV, 0, response.voltage[k], 0, members);
        }
        double logThinned = Elementary.log(THINNED);
        for (int t = 0; t < THINNED_AT.length; t++) {
            int k = THINNED_AT[t];
            cycler.resolve(parameters, DROPS_V[k] * perVolt, THINNED, programme, startK);
            for (int j = 0; j < members; j++) {
                double full = Math.max(1e-9, response.charge[k][j]);
                double thin = Math.max(1e-3 * full, cycler.dischargeC[j]);
                response.exponent[t][j] = Elementary.log(thin / full) / logThinned;
                response.slope[t][j] = (cycler.meanVoltageV[j] - response.voltage[k][j]) / logThinned;
            }
        }
        response.bringTogether();
        return response;
    }

    /**
     * Brings all members to one fresh discharge: they differ in how they respond, not in where they start, which the cell's first discharge tells. A filter could not correct it, for it does not move the members' own parameters.
     */
    private void bringTogether() {
        double meanCharge = RowStatistics.mean(charge[0]);
        double meanVoltage = RowStatistics.mean(voltage[0]);
        double[] scale = new double[members];
        double[] shift = new double[members];
        for (int j = 0; j < members; j++) {
            scale[j] = meanCharge / Math.max(1e-9, charge[0][j]);
            shift[j] = meanVoltage - voltage[0][j];
        }
        for (int k = 0; k < DROPS_V.length; k++) {
            for (int j = 0; j < members; j++) {
                charge[k][j] *= scale[j];
                voltage[k][j] += shift[j];
            }
        }
    }

    /** The fresh discharge, of every member the same [C]. */
    double freshC() {
        return charge[0][0];
    }

    /** Discharge [C] and mean voltage [V] of every member. */
    void at(double[] addedOhmM2, double[] logActive, double[] chargeC, double[] meanVoltageV) {
        for (int j = 0; j < members; j++) {
            double drop = addedOhmM2[j] / ohmM2PerVolt;
            int k = 1;
            while (k < DROPS_V.length - 1 && drop > DROPS_V[k]) {
                k++;
            }
            double f = (drop - DROPS_V[k - 1]) / (DROPS_V[k] - DROPS_V[k - 1]);
            double q = Math.fma(f, charge[k][j] - charge[k - 1][j], charge[k - 1][j]);
            double u = Math.fma(f, voltage[k][j] - voltage[k - 1][j], voltage[k - 1][j]);
            double g = Math.max(0.0, Math.min(1.0, drop / DROPS_V[THINNED_AT[1]]));
            double p = Math.fma(g, exponent[1][j] - exponent[0][j], exponent[0][j]);
            double s = Math.fma(g, slope[1][j] - slope[0][j], slope[0][j]);
            chargeC[j] = Math.max(0, q) * Elementary.exp(p * logActive[j]);
            meanVoltageV[j] = Math.fma(s, logActive[j], u);
        }
    }
}
