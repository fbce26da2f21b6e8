package io.pouchtwin.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import io.pouchtwin.cell.reduced.Ensemble;
import io.pouchtwin.cell.reduced.Output;
import io.pouchtwin.cell.reduced.ReducedCell;
import io.pouchtwin.cell.reduced.Workspace;
import io.pouchtwin.contracts.v1.CellRegistration;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.twin.ensemble.ReducedCellModels;
import io.pouchtwin.twin.ensemble.UnknownDesignException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The same samples, the same bits, on every JDK: all that a twin publishes of one test, hashed. The design has no calibrated
 * posterior, so that a new calibration leaves the hash; a change of the reduced cell or its measured error moves it, and
 * the new hash is then taken from this test's message, the same on all JDKs.
 */
class GoldenBitsTest {
    private static final String DESIGN = "xu2019-half-cell";

    @Test
    void whatATwinPublishesHashesToTheSameBitsOnEveryJdk() throws UnknownDesignException, NoSuchAlgorithmException {
        ReducedCellModels models = ReducedCellModels.shipped();
        CellTwin twin = CellTwin.begin(
                "golden",
                models.create(models.designOf(
                        CellRegistration.newBuilder().setDesign(DESIGN).build())),
                TwinSettings.standard());
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        for (Sample sample : samples()) {
            sha.update(
                    ((TwinOutcome.Advanced) twin.accept("run", sample)).state().toByteArray());
        }
        sha.update(twin.snapshot().toByteArray());
        assertThat(HexFormat.of().formatHex(sha.digest(), 0, 8)).isEqualTo("3c276a36b5dfcf84");
    }

    /** A charge, a rest and a discharge of the nominal reduced cell, with a ripple for noise, logged at changing intervals. */
    private static List<Sample> samples() {
        CellParameters parameters = ParameterLibrary.shipped().cell(DESIGN);
        ReducedCell cell = ReducedCell.of(parameters);
        Ensemble one = cell.newEnsemble(1);
        Workspace workspace = cell.newWorkspace(1);
        double[] rates = {1, 0, -2, 0, 0.5, -1};
        double[] intervals = {0.01, 1, 10, 30, 60};
        double oneC = parameters.oneCAmpere();
        List<Sample> samples = new ArrayList<>();
        double time = 0;
        double charge = 0;
        for (int k = 0; k < 360; k++) {
            double current = rates[k / 60] * oneC;
            double interval = intervals[Math.min(k % 60, 9) / 2];
            cell.step(
                    one,
                    workspace,
                    interval,
                    current,
                    current,
                    parameters.thermal().ambientK());
            time += interval;
            charge += current * interval / 3600;
            double ripple = ((k * 7919) % 11 - 5) * 1e-4;
            samples.add(Sample.newBuilder()
                    .setSequence(k + 1)
                    .setTestTimeS(time)
                    .setVoltageV(Math.rint((one.output(Output.VOLTAGE)[0] + ripple) * 1e4) / 1e4)
                    .setCurrentA(current)
                    .setNetChargeAh(charge)
                    .setStepCount(k / 60 + 1)
                    .setCycleCount(k / 180 + 1)
                    .build());
        }
        return samples;
    }
}
