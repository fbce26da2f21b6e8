package io.pouchtwin.twin.validation;

import io.pouchtwin.cell.math.Philox;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import io.pouchtwin.cell.validation.DrawnReference;
import io.pouchtwin.cell.validation.ReferenceCurve;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.contracts.v1.StepType;
import io.pouchtwin.twin.ensemble.SmallCurrentResistance;

/** A cell that PyBaMM cycled, on a tester that reads it with noise and offsets; deterministic, keyed by the cell's name. */
final class PybammBench {
    private static final double ZERO_CELSIUS_K = 273.15;
    private static final double COULOMB_PER_AH = 3600;
    private static final double CURRENT_OFFSET_SHARE = 2e-4;
    private static final double VOLTAGE_OFFSET_V = 1e-4;
    private static final int STREAM_VOLTAGE = 1;
    private static final int STREAM_CURRENT = 2;
    private static final int STREAM_TEMPERATURE = 3;

    private final DrawnReference reference;
    private final CellParameters parameters;
    private final TesterReadings readings;
    private final Philox random;
    private final ShadowCell shadow;
    private final double coulombPerStoichiometry;
    private final double resistanceRatio;

    PybammBench(DrawnReference reference) {
        this.reference = reference;
        this.parameters = reference.parameters().toCellParameters();
        this.random = Philox.of(reference.name().hashCode(), "pybamm-drawn");
        this.readings = TesterReadings.ordinary()
                .withCurrentOffset(CURRENT_OFFSET_SHARE * parameters.oneCAmpere() * random.normal(0, 0, 0, 0))
                .withVoltageOffset(VOLTAGE_OFFSET_V * random.normal(0, 0, 0, 1));
        this.shadow = new ShadowCell(parameters, reference.curve().meanStoichiometry()[0]);
        this.coulombPerStoichiometry = parameters.requireCathode().arealChargeCPerM2() * parameters.areaM2();
        CellParameters design = ParameterLibrary.shipped().cell(parameters.design());
        this.resistanceRatio = SmallCurrentResistance.of(parameters).total()
                / parameters.areaM2()
                / (SmallCurrentResistance.of(design).total() / design.areaM2());
    }

    /** All rows, in order. */
    void run(CellOnBench.Log log) {
        ReferenceCurve curve = reference.curve();
        double netChargeAh = 0;
        for (int k = 0; k < curve.size(); k++) {
            double length = k == 0 ? curve.timeS()[0] : curve.timeS()[k] - curve.timeS()[k - 1];
            double charge = charge(k, length);
            // nothing is counted at rest
            netChargeAh += isRest(k) ? 0 : readings.charge(charge, length) / COULOMB_PER_AH;
            shadow.step(length, charge, curve.ampere()[k], curve.surfaceStoichiometry()[k]);
            log.take(sample(k, netChargeAh), truth(k));
        }
    }

    /** Charge since the row before [C]: by the current where it is constant over a step, by the lithium in the cathode where it is not. */
    private double charge(int k, double length) {
        ReferenceCurve curve = reference.curve();
        if (k == 0 || constant(k)) {
            return curve.ampere()[k] * length;
        }
        return coulombPerStoichiometry * (curve.meanStoichiometry()[k - 1] - curve.meanStoichiometry()[k]);
    }

    /** Whether the current of the step that row k belongs to does not change. */
    private boolean constant(int k) {
        double[] ampere = reference.curve().ampere();
        int neighbour =
                k + 1 < ampere.length && reference.step()[k + 1] == reference.step()[k] ? k + 1 : k - 1;
        return reference.step()[neighbour] != reference.step()[k] || ampere[neighbour] == ampere[k];
    }

    private boolean isRest(int k) {
        return reference.curve().ampere()[k] == 0;
    }

    private StepType stepType(int k) {
        if (isRest(k)) {
            return StepType.STEP_TYPE_REST;
        }
        boolean charging = reference.curve().ampere()[k] > 0;
        if (!charging) {
            return StepType.STEP_TYPE_CC_DISCHARGE;
        }
        return constant(k) ? StepType.STEP_TYPE_CC_CHARGE : StepType.STEP_TYPE_CV_CHARGE;
    }

    private Sample sample(int k, double netChargeAh) {
        ReferenceCurve curve = reference.curve();
        double oneC = parameters.oneCAmpere();
        double voltage = curve.voltageV()[k]
                + readings.voltageOffsetV()
                + readings.voltageNoiseV() * random.normal(0, k, STREAM_VOLTAGE, 0);
        double current = curve.ampere()[k] == 0
                ? 0
                : curve.ampere()[k]
                        + readings.currentOffsetA()
                        + readings.currentNoiseShare() * oneC * random.normal(0, k, STREAM_CURRENT, 0);
        double celsius = curve.temperatureK()[k]
                - ZERO_CELSIUS_K
                + readings.temperatureNoiseK() * random.normal(0, k, STREAM_TEMPERATURE, 0);
        return Sample.newBuilder()
                .setSequence(k + 1L)
                .setTestTimeS(curve.timeS()[k])
                .setVoltageV(readings.rounded(voltage, readings.voltageResolutionV()))
                .setCurrentA(readings.rounded(current, 1e-5 * oneC))
                .setCellTemperatureDegc(Math.rint(celsius * 10) / 10)
                .setNetChargeAh(readings.rounded(netChargeAh, 1e-7 * oneC))
                .setStepCount(reference.step()[k])
                .setCycleCount(reference.cycle()[k])
                .setStepType(stepType(k))
                .build();
    }

    private Truth truth(int k) {
        ReferenceCurve curve = reference.curve();
        double discharged = parameters.dischargedStoichiometry();
        double window = discharged - parameters.chargedStoichiometry();
        return new Truth(
                curve.voltageV()[k],
                curve.temperatureK()[k],
                (discharged - curve.meanStoichiometry()[k]) / window,
                curve.surfaceStoichiometry()[k],
                parameters.lithium().filmResistanceOhmM2() * 1e4,
                coulombPerStoichiometry * window / COULOMB_PER_AH,
                0,
                resistanceRatio,
                Double.NaN,
                parameters.lithium().efficiency(),
                shadow.parts());
    }

    /** Current of the charge or discharge that a cycle is run at, over that of 1 C [1]. */
    double cRate(int cycle) {
        double largest = 0;
        for (int k = 0; k < reference.curve().size(); k++) {
            if (reference.cycle()[k] == cycle) {
                largest = Math.max(largest, Math.abs(reference.curve().ampere()[k]));
            }
        }
        return Math.rint(2 * largest / parameters.oneCAmpere()) / 2;
    }
}
