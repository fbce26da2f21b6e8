package io.pouchtwin.twin;

import io.pouchtwin.contracts.v1.Estimate;
import io.pouchtwin.contracts.v1.OverpotentialSplit;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.contracts.v1.SoftShort;
import io.pouchtwin.contracts.v1.TrustState;
import io.pouchtwin.contracts.v1.TwinState;
import io.pouchtwin.twin.ensemble.EnsembleModel;
import io.pouchtwin.twin.ensemble.Quantity;
import io.pouchtwin.twin.ensemble.RowStatistics;
import io.pouchtwin.twin.softshort.SoftShortWatch;
import io.pouchtwin.twin.trust.TrustMonitor;

/** Fills the message from the ensemble's rows; the door at which SI becomes the field's units. */
final class StateMessage {
    private static final double OHM_CM2_PER_OHM_M2 = 1e4;
    private static final double MILLIAMPS_PER_AMP = 1e3;

    private StateMessage() {}

    /** The part that the sample itself gives. */
    static TwinState.Builder ofSample(String cell, EnsembleModel model, String testRun, Sample sample) {
        TwinState.Builder state = TwinState.newBuilder()
                .setCell(cell)
                .setTestRun(testRun)
                .setSequence(sample.getSequence())
                .setTestTimeS(sample.getTestTimeS())
                .setStepCount(sample.getStepCount())
                .setCycleCount(sample.getCycleCount())
                .setStepType(sample.getStepType())
                .setCurrentA(sample.getCurrentA())
                .setCurrentDensityMaCm2(sample.getCurrentA()
                        * MILLIAMPS_PER_AMP
                        / model.design().areaCm2())
                .setVoltageMeasuredV(sample.getVoltageV())
                .setParameterSet(model.design().parameterSet());
        if (sample.hasUnixTimeS()) {
            state.setUnixTimeS(sample.getUnixTimeS());
        }
        if (sample.hasCellTemperatureDegc()) {
            state.setTemperatureMeasuredDegc(sample.getCellTemperatureDegc());
        }
        return state;
    }

    /** The part that the corrected ensemble gives. */
    static TwinState describe(TwinState.Builder state, EnsembleModel model, TrustMonitor.Verdict verdict) {
        return state.setSoc(estimate(model, Quantity.SOC, 1))
                .setCathodeSurfaceStoichiometry(estimate(model, Quantity.SURFACE_STOICHIOMETRY, 1))
                .setOverpotentialV(OverpotentialSplit.newBuilder()
                        .setLithiumKineticV(mean(model, Quantity.LITHIUM_KINETIC))
                        .setFilmV(mean(model, Quantity.FILM))
                        .setMembraneV(mean(model, Quantity.MEMBRANE))
                        .setCathodeKineticV(mean(model, Quantity.CATHODE_KINETIC))
                        .setElectrolyteV(mean(model, Quantity.ELECTROLYTE))
                        .setParticleDiffusionV(mean(model, Quantity.PARTICLE_DIFFUSION))
                        .setContactV(mean(model, Quantity.CONTACT)))
                .setFilmResistanceOhmCm2(estimate(model, Quantity.FILM_RESISTANCE, OHM_CM2_PER_OHM_M2))
                .setCapacityAh(estimate(model, Quantity.CAPACITY_AH, 1))
                .setCapacityHealth(
                        estimate(model, Quantity.CAPACITY_AH, 1 / model.design().nominalCapacityAh()))
                .setResistanceHealth(estimate(model, Quantity.RESISTANCE_RATIO, 1))
                .setLeakConductanceSiemens(estimate(model, Quantity.LEAK_CONDUCTANCE, 1))
                .setVoltageOffsetV(estimate(model, Quantity.VOLTAGE_OFFSET, 1))
                .setTrust(trustState(verdict))
                .build();
    }

    /** What speaks for a soft short. */
    static SoftShort softShort(SoftShortWatch watch, double voltageV) {
        SoftShort.Builder evidence = SoftShort.newBuilder()
                .setChargeBalanceLevel(watch.balanceLevel())
                .setRestDriftLevel(watch.driftLevel())
                .setCalled(watch.called());
        if (watch.leakCurrentA() > 0) {
            evidence.setOnsetTestTimeS(watch.onsetS()).setLeakResistanceOhm(voltageV / watch.leakCurrentA());
        }
        return evidence.build();
    }

    static Estimate estimate(double value, double sigma) {
        return Estimate.newBuilder().setValue(value).setSigma(sigma).build();
    }

    private static Estimate estimate(EnsembleModel model, Quantity quantity, double unit) {
        double[] row = model.row(quantity);
        double mean = RowStatistics.mean(row);
        return estimate(mean * unit, RowStatistics.sigma(row, mean) * unit);
    }

    private static double mean(EnsembleModel model, Quantity quantity) {
        return RowStatistics.mean(model.row(quantity));
    }

    private static TrustState trustState(TrustMonitor.Verdict verdict) {
        return switch (verdict) {
            case CONVERGING -> TrustState.TRUST_STATE_CONVERGING;
            case TRUSTED -> TrustState.TRUST_STATE_TRUSTED;
            case DIVERGED -> TrustState.TRUST_STATE_DIVERGED;
        };
    }
}
