package io.pouchtwin.twin;

import io.pouchtwin.cell.PhysicalConstants;
import io.pouchtwin.contracts.v1.CycleEstimate;
import io.pouchtwin.contracts.v1.Estimate;
import io.pouchtwin.contracts.v1.OverpotentialSplit;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.contracts.v1.ShortSign;
import io.pouchtwin.contracts.v1.SoftShort;
import io.pouchtwin.contracts.v1.TrustState;
import io.pouchtwin.contracts.v1.TwinRestart;
import io.pouchtwin.contracts.v1.TwinState;
import io.pouchtwin.twin.ensemble.EnsembleModel;
import io.pouchtwin.twin.ensemble.Quantity;
import io.pouchtwin.twin.ensemble.RowStatistics;
import io.pouchtwin.twin.softshort.Excess;
import io.pouchtwin.twin.softshort.SoftShortWatch;
import io.pouchtwin.twin.trust.TrustMonitor;
import java.util.function.DoubleConsumer;

/** Fills the message from the ensemble's rows; the door at which SI becomes the field's units. */
final class StateMessage {
    private static final double OHM_CM2_PER_OHM_M2 = 1e4;
    private static final double MILLIAMPS_PER_AMP = 1e3;
    private static final double MILLIVOLT_PER_HOUR = 3.6e6;
    private static final double MILLIAMP_HOUR_PER_CM2 = PhysicalConstants.FARADAY_C_PER_MOL / 3.6e4;

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
                .setOverpotentialV(split(model))
                .setFilmResistanceOhmCm2(estimate(model, Quantity.FILM_RESISTANCE, OHM_CM2_PER_OHM_M2))
                .setCapacityAh(estimate(model, Quantity.CAPACITY_AH, 1))
                .setCapacityHealth(
                        estimate(model, Quantity.CAPACITY_AH, 1 / model.design().nominalCapacityAh()))
                .setResistanceHealth(estimate(model, Quantity.RESISTANCE_RATIO, 1))
                .setLeakConductanceSiemens(estimate(model, Quantity.LEAK_CONDUCTANCE, 1))
                .setLithiumInventoryMahCm2(estimate(model, Quantity.LITHIUM_INVENTORY, MILLIAMP_HOUR_PER_CM2))
                .setPlatingEfficiency(estimate(model, Quantity.PLATING_EFFICIENCY, 1))
                .setVoltageOffsetV(estimate(model, Quantity.VOLTAGE_OFFSET, 1))
                .setTrust(trustState(verdict))
                .build();
    }

    /** Why the twin began anew. */
    static TwinRestart restart(TwinOutcome.Restart restart) {
        return switch (restart) {
            case NONE -> TwinRestart.TWIN_RESTART_UNSPECIFIED;
            case FIRST_SAMPLE -> TwinRestart.TWIN_RESTART_FIRST_SAMPLE;
            case NEW_RUN -> TwinRestart.TWIN_RESTART_NEW_RUN;
            case DIVERGED -> TwinRestart.TWIN_RESTART_DIVERGED;
            case NOT_FINITE -> TwinRestart.TWIN_RESTART_NOT_FINITE;
        };
    }

    /** What the ensemble knows at the end of a cycle. */
    static CycleEstimate describe(CycleEstimate.Builder cycle, EnsembleModel model, TrustMonitor.Verdict verdict) {
        return cycle.setCapacityAh(estimate(model, Quantity.CAPACITY_AH, 1))
                .setCapacityHealth(
                        estimate(model, Quantity.CAPACITY_AH, 1 / model.design().nominalCapacityAh()))
                .setResistanceHealth(estimate(model, Quantity.RESISTANCE_RATIO, 1))
                .setFilmResistanceOhmCm2(estimate(model, Quantity.FILM_RESISTANCE, OHM_CM2_PER_OHM_M2))
                .setLeakConductanceSiemens(estimate(model, Quantity.LEAK_CONDUCTANCE, 1))
                .setLithiumInventoryMahCm2(estimate(model, Quantity.LITHIUM_INVENTORY, MILLIAMP_HOUR_PER_CM2))
                .setPlatingEfficiency(estimate(model, Quantity.PLATING_EFFICIENCY, 1))
                .setTrust(trustState(verdict))
                .setParameterSet(model.design().parameterSet())
                .build();
    }

    private static OverpotentialSplit split(EnsembleModel model) {
        OverpotentialSplit.Builder split = OverpotentialSplit.newBuilder();
        part(model, Quantity.LITHIUM_KINETIC, split::setLithiumKineticV, split::setLithiumKineticSigmaV);
        part(model, Quantity.FILM, split::setFilmV, split::setFilmSigmaV);
        part(model, Quantity.MEMBRANE, split::setMembraneV, split::setMembraneSigmaV);
        part(model, Quantity.CATHODE_KINETIC, split::setCathodeKineticV, split::setCathodeKineticSigmaV);
        part(model, Quantity.ELECTROLYTE, split::setElectrolyteV, split::setElectrolyteSigmaV);
        part(model, Quantity.PARTICLE_DIFFUSION, split::setParticleDiffusionV, split::setParticleDiffusionSigmaV);
        part(model, Quantity.CONTACT, split::setContactV, split::setContactSigmaV);
        return split.build();
    }

    private static void part(EnsembleModel model, Quantity quantity, DoubleConsumer setValue, DoubleConsumer setSigma) {
        Estimate part = estimate(model, quantity, 1);
        setValue.accept(part.getValue());
        setSigma.accept(part.getSigma());
    }

    /** What speaks for a soft short. */
    static SoftShort softShort(SoftShortWatch watch, double voltageV) {
        SoftShort.Builder evidence = SoftShort.newBuilder()
                .setChargeBalanceLevel(watch.balanceLevel())
                .setRestDriftLevel(watch.driftLevel())
                .setCalled(watch.called());
        watch.leakCurrentA().ifPresent(leak -> {
            evidence.setOnsetTestTimeS(watch.onsetS()).setLeakCurrentA(sign(leak, 1));
            if (leak.mean() > 0) {
                evidence.setLeakResistanceOhm(voltageV / leak.mean());
            }
        });
        watch.restFallVPerS().ifPresent(fall -> evidence.setRestFallMvPerH(sign(fall, MILLIVOLT_PER_HOUR)));
        return evidence.build();
    }

    private static ShortSign sign(Excess excess, double unit) {
        return ShortSign.newBuilder()
                .setValue(unit * excess.mean())
                .setLow(unit * excess.low())
                .setHigh(unit * excess.high())
                .setSpeaksFrom(unit * excess.speaksFrom())
                .build();
    }

    static Estimate estimate(double value, double sigma) {
        return Estimate.newBuilder().setValue(value).setSigma(sigma).build();
    }

    static Estimate estimate(EnsembleModel model, Quantity quantity, double unit) {
        double[] row = model.row(quantity);
        double mean = RowStatistics.mean(row);
        double spread = RowStatistics.sigma(row, mean);
        double beside = model.besideVariance(quantity, mean, spread);
        return estimate(mean * unit, Math.sqrt(Math.fma(spread, spread, beside)) * unit);
    }

    static double mean(EnsembleModel model, Quantity quantity) {
        return RowStatistics.mean(model.row(quantity));
    }

    static TrustState trustState(TrustMonitor.Verdict verdict) {
        return switch (verdict) {
            case CONVERGING -> TrustState.TRUST_STATE_CONVERGING;
            case TRUSTED -> TrustState.TRUST_STATE_TRUSTED;
            case DIVERGED -> TrustState.TRUST_STATE_DIVERGED;
        };
    }
}
