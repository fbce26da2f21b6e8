package io.pouchtwin.twin.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pouchtwin.cell.validation.DrawnReference;
import io.pouchtwin.contracts.v1.CellRegistration;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.contracts.v1.TwinSnapshot;
import io.pouchtwin.contracts.v1.TwinState;
import io.pouchtwin.twin.CellTwin;
import io.pouchtwin.twin.SnapshotRefusedException;
import io.pouchtwin.twin.TwinOutcome;
import io.pouchtwin.twin.TwinSettings;
import io.pouchtwin.twin.ensemble.ReducedCellModels;
import io.pouchtwin.twin.ensemble.UnknownDesignException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The twin on a cell that another program made. */
class DrawnPybammCellsTest {
    private static final double CLIFF_V = 3.35;
    private static final String DEPLETED = "pouch-ncm523-ppla-00";

    @Test
    void theTwinFindsChargeAndCapacityOfADrawnCellOfPybamm() {
        DrawnReference reference = DrawnReference.load("coin-ncm523-ppla-03");
        CellTwin twin = EstimationCase.twin(
                ReducedCellModels.shipped(), reference.parameters().design(), "drawn-3");
        double[] worstSoc = {0};
        double[] worstCapacity = {0};
        new PybammBench(reference).run((sample, truth) -> {
            TwinState state = ((TwinOutcome.Advanced) twin.accept("drawn", sample)).state();
            if (sample.getCycleCount() > 3) {
                worstSoc[0] = Math.max(worstSoc[0], Math.abs(state.getSoc().getValue() - truth.soc()));
                worstCapacity[0] = Math.max(
                        worstCapacity[0], Math.abs(state.getCapacityAh().getValue() / truth.capacityAh() - 1));
            }
        });
        assertThat(worstSoc[0]).isLessThan(0.02);
        assertThat(worstCapacity[0]).isLessThan(0.01);
    }

    /** Rows there are 10 to 60 mV apart: what the reduced cell's surface is off by, the row before has shown. */
    @Test
    void onTheCliffTheRowBeforeTellsWhereTheNextOneLies() {
        ErrorTally cliff = new ErrorTally();
        ErrorTally surface = new ErrorTally();
        for (String name : List.of("coin-ncm523-ppla-01", "pouch-5c-ncm523-ppla-02")) {
            follow(name, (state, sample, truth) -> {
                if (sample.getCycleCount() > 3) {
                    surface.add(state.getCathodeSurfaceStoichiometry(), truth.surfaceStoichiometry());
                }
                if (sample.getCycleCount() > 3 && sample.getCurrentA() < 0 && sample.getVoltageV() < CLIFF_V) {
                    cliff.add(state.getVoltagePredictedV(), sample.getVoltageV());
                }
            });
        }
        assertThat(cliff.count()).isGreaterThan(500);
        assertThat(cliff.rms()).isLessThan(0.008);
        assertThat(cliff.coverage()).isBetween(0.8, 1.0);
        // nothing else is bent to fit: profiles, diffusivity
        assertThat(surface.coverage()).isGreaterThan(0.8);
    }

    /** In the depth of a thick cathode the salt runs out at 2 C. */
    @Test
    void whereTheSaltRunsOutTheTwinPredictsAsElsewhere() {
        double[] capacityAh = new double[2];
        ErrorTally atTwoC = new ErrorTally();
        ErrorTally offTheCliff = new ErrorTally();
        double oneC =
                DrawnReference.load(DEPLETED).parameters().toCellParameters().oneCAmpere();
        follow(DEPLETED, (state, sample, truth) -> {
            if (sample.getCycleCount() == 6) {
                atTwoC.add(state.getVoltagePredictedV(), sample.getVoltageV());
                if (sample.getCurrentA() >= 0 || sample.getVoltageV() > CLIFF_V) {
                    offTheCliff.add(state.getVoltagePredictedV(), sample.getVoltageV());
                }
            }
            if (sample.getCycleCount() <= 6) {
                int k = sample.getCycleCount() < 6 ? 0 : 1;
                capacityAh[k] = state.getCapacityAh().getValue();
            }
        });
        assertThat(atTwoC.rms()).isLessThan(0.015);
        assertThat(offTheCliff.rms()).isLessThan(0.005);
        assertThat(atTwoC.coverage()).isGreaterThan(0.8);
        assertThat(capacityAh[1]).isCloseTo(capacityAh[0], within(2e-3 * oneC));
    }

    /** It is that at the reference temperature: a cell that its own current has warmed by ten kelvin is no healthier. */
    @Test
    void resistanceHealthDoesNotFollowTheTemperature() {
        List<Double> cool = new ArrayList<>();
        List<Double> warm = new ArrayList<>();
        follow("pouch-ncm523-ppla-05", (state, sample, truth) -> {
            if (sample.getCycleCount() == 6) {
                double over = sample.getCellTemperatureDegc() - 25;
                List<Double> those = over > 8 ? warm : over < 1 ? cool : new ArrayList<>();
                those.add(state.getResistanceHealth().getValue() - truth.resistanceRatio());
            }
        });
        assertThat(warm)
                .hasSizeGreaterThan(20)
                .allSatisfy(error -> assertThat(error).isBetween(-0.015, 0.015));
        assertThat(cool)
                .hasSizeGreaterThan(5)
                .allSatisfy(error -> assertThat(error).isBetween(-0.015, 0.015));
    }

    @Test
    void restoredOnTheCliffOrWithoutSaltATwinGoesOnToTheBit() {
        DrawnReference reference = DrawnReference.load(DEPLETED);
        String design = reference.parameters().design();
        ReducedCellModels models = ReducedCellModels.shipped();
        CellTwin undisturbed = EstimationCase.twin(models, design, DEPLETED);
        CellTwin[] restored = {EstimationCase.twin(models, design, DEPLETED)};
        int[] times = {0};
        new PybammBench(reference).run((sample, truth) -> {
            if (sample.getCycleCount() > 6) {
                return;
            }
            TwinState state = ((TwinOutcome.Advanced) undisturbed.accept("drawn", sample)).state();
            assertThat(((TwinOutcome.Advanced) restored[0].accept("drawn", sample)).state())
                    .isEqualTo(state);
            if (sample.getCurrentA() < 0 && sample.getVoltageV() < CLIFF_V && sample.getSequence() % 7 == 0) {
                restored[0] = restored(restored[0].snapshot(), models, design);
                times[0]++;
            }
        });
        assertThat(times[0]).isGreaterThan(30);
    }

    private static CellTwin restored(TwinSnapshot snapshot, ReducedCellModels models, String design) {
        try {
            CellRegistration registration =
                    CellRegistration.newBuilder().setDesign(design).build();
            return CellTwin.restore(snapshot, models.create(models.designOf(registration)), TwinSettings.standard());
        } catch (UnknownDesignException | SnapshotRefusedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Receives what the twin says, with what it saw and what is true. */
    @FunctionalInterface
    private interface Log {
        void take(TwinState state, Sample sample, Truth truth);
    }

    private static void follow(String name, Log log) {
        DrawnReference reference = DrawnReference.load(name);
        CellTwin twin = EstimationCase.twin(
                ReducedCellModels.shipped(), reference.parameters().design(), name);
        new PybammBench(reference)
                .run((sample, truth) ->
                        log.take(((TwinOutcome.Advanced) twin.accept("drawn", sample)).state(), sample, truth));
    }
}
