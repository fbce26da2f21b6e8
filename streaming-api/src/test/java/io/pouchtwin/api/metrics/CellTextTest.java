package io.pouchtwin.api.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.pouchtwin.api.json.Liveness;
import io.pouchtwin.contracts.v1.Between;
import io.pouchtwin.contracts.v1.CellRegistration;
import io.pouchtwin.contracts.v1.DendriteRisk;
import io.pouchtwin.contracts.v1.Estimate;
import io.pouchtwin.contracts.v1.FailureProbability;
import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.contracts.v1.ForecastRecord;
import io.pouchtwin.contracts.v1.OverpotentialSplit;
import io.pouchtwin.contracts.v1.Quantiles;
import io.pouchtwin.contracts.v1.RemainingLife;
import io.pouchtwin.contracts.v1.SoftShort;
import io.pouchtwin.contracts.v1.TrustState;
import io.pouchtwin.contracts.v1.TwinState;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellTextTest {
    private static final long NOW_UNIX_US = 1_700_000_000_000_000L;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void itSaysLineForLineWhatTheClientLibrarysWriterSays(boolean openMetrics) throws IOException {
        List<CellReading> cells = List.of(
                cell("P001", Liveness.State.LIVE, 3.71),
                cell("P\\0 \"zwei\"\nd\u00fcnn", Liveness.State.LIVE, Double.POSITIVE_INFINITY),
                cell("P003", Liveness.State.STALE, 3.3),
                unknown("P004"));
        CellText text = openMetrics ? CellText.OPEN_METRICS : CellText.PROMETHEUS;
        ExpositionFormatWriter oracle =
                openMetrics ? OpenMetricsTextFormatWriter.create() : PrometheusTextFormatWriter.create();

        List<String> said = text.of(cells, NOW_UNIX_US).lines().toList();

        assertThat(said).hasSizeGreaterThan(150);
        assertThat(said).containsExactlyInAnyOrderElementsOf(written(oracle, CellSnapshots.all(cells, NOW_UNIX_US)));
        assertThat(said.get(said.size() - 1).equals("# EOF")).isEqualTo(openMetrics);
    }

    @Test
    void aFamilyStandsTogetherBelowItsHeading() {
        List<String> said = CellText.PROMETHEUS
                .of(
                        List.of(cell("P001", Liveness.State.LIVE, 3.7), cell("P002", Liveness.State.LIVE, 3.8)),
                        NOW_UNIX_US)
                .lines()
                .toList();

        int heading = said.indexOf("# TYPE pouchtwin_cell_voltage_volts gauge");
        assertThat(said.subList(heading + 1, heading + 3))
                .containsExactly(
                        "pouchtwin_cell_voltage_volts{cell=\"P001\"} 3.7",
                        "pouchtwin_cell_voltage_volts{cell=\"P002\"} 3.8");
        assertThat(said.get(heading + 3)).startsWith("# HELP ");
    }

    private static List<String> written(ExpositionFormatWriter writer, List<MetricSnapshot> snapshots)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.write(out, new MetricSnapshots(snapshots), EscapingScheme.UNDERSCORE_ESCAPING);
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static CellReading unknown(String name) {
        return new CellReading(
                name, Optional.empty(), Optional.empty(), Liveness.State.NEVER, 0, Optional.empty(), List.of());
    }

    private static CellReading cell(String name, Liveness.State liveness, double voltageV) {
        return new CellReading(
                name,
                Optional.of(CellRegistration.newBuilder()
                        .setCell(name)
                        .setTester("neware \"1\"")
                        .setChannel("27-21-1-1")
                        .setDesign("pouch")
                        .setCampaign("fast\\charge")
                        .build()),
                Optional.of(state(voltageV)),
                liveness,
                NOW_UNIX_US - 1_500_000,
                Optional.of(forecast()),
                List.of(new OpenAlert("soft-short", OpenAlert.Stage.WARNING)));
    }

    private static TwinState state(double voltageV) {
        return TwinState.newBuilder()
                .setTestRun("run-1")
                .setCycleCount(7)
                .setVoltageMeasuredV(voltageV)
                .setVoltagePredictedV(estimate(3.7, 0.004))
                .setCurrentDensityMaCm2(-2.2)
                .setTemperatureMeasuredDegc(25.4)
                .setNormalisedInnovationSquared(1e-9)
                .setSoc(estimate(0.5, 0.01))
                .setOverpotentialV(
                        OverpotentialSplit.newBuilder().setFilmV(0.012).setContactV(1e7))
                .setCapacityHealth(estimate(0.98, 0.01))
                .setResistanceHealth(estimate(1.05, 0.03))
                .setFilmResistanceOhmCm2(estimate(4.1, 0.2))
                .setLithiumInventoryMahCm2(estimate(2.5, 0.7))
                .setPlatingEfficiency(estimate(0.999, 0.001))
                .setLeakConductanceSiemens(estimate(1e-6, 4e-6))
                .setSoftShort(SoftShort.newBuilder().setChargeBalanceLevel(0.2).setRestDriftLevel(1.1))
                .setTrust(TrustState.TRUST_STATE_TRUSTED)
                .build();
    }

    private static Forecast forecast() {
        Between between =
                Between.newBuilder().setValue(1.2).setLow(0.4).setHigh(3.6).build();
        Quantiles quantiles =
                Quantiles.newBuilder().setP05(90).setP50(140).setP95(300).build();
        return Forecast.newBuilder()
                .setTestRun("run-1")
                .setCycleCount(6)
                .setTo80Percent(RemainingLife.newBuilder().setCycles(quantiles))
                .addFailure(FailureProbability.newBuilder().setShort(quantiles))
                .setDendrite(DendriteRisk.newBuilder()
                        .setCurrentOverCritical(between)
                        .setDamage(between))
                .setCellRecord(ForecastRecord.newBuilder().setCoverage90(0.91))
                .build();
    }

    private static Estimate estimate(double value, double sigma) {
        return Estimate.newBuilder().setValue(value).setSigma(sigma).build();
    }
}
