package io.pouchtwin.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pouchtwin.api.store.Contact;
import io.pouchtwin.api.store.StateRecord;
import io.pouchtwin.contracts.v1.Alert;
import io.pouchtwin.contracts.v1.AlertChange;
import io.pouchtwin.contracts.v1.AlertStage;
import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.contracts.v1.Quantiles;
import io.pouchtwin.contracts.v1.RemainingLife;
import io.pouchtwin.contracts.v1.TwinState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CellMetricsTest {
    private final ApiFixture api = new ApiFixture();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void everyCellIsExportedInBaseUnitsWithWhatItIs() {
        SyntheticCell cell = new SyntheticCell("P001", "run-1");
        api.store(store -> store.registry(Map.of("P001", cell.registration(0))));
        TwinState state = cell.state(5, 60);
        api.feed(state);

        String text = cellsWhen("pouchtwin_cell_voltage_volts");

        assertThat(value(text, "pouchtwin_cell_voltage_volts{cell=\"P001\"}")).isEqualTo(state.getVoltageMeasuredV());
        assertThat(value(text, "pouchtwin_cell_current_density_amperes_per_square_meter{cell=\"P001\"}"))
                .isEqualTo(state.getCurrentDensityMaCm2() * 10);
        assertThat(value(text, "pouchtwin_cell_film_resistance_ohm_square_meters{cell=\"P001\"}"))
                .isEqualTo(state.getFilmResistanceOhmCm2().getValue() * 1e-4);
        assertThat(value(text, "pouchtwin_cell_film_resistance_sigma_ohm_square_meters{cell=\"P001\"}"))
                .isEqualTo(state.getFilmResistanceOhmCm2().getSigma() * 1e-4);
        assertThat(value(text, "pouchtwin_cell_overpotential_volts{cell=\"P001\",part=\"film\"}"))
                .isEqualTo(state.getOverpotentialV().getFilmV());
        assertThat(text)
                .contains(
                        "pouchtwin_cell_registered{campaign=\"fast-charge-2026\",cell=\"P001\",channel=\"27-21-1-1\",design=\"pouch-ncm523-ppla\",tester=\"neware-2\"} 1");
    }

    @Test
    void whatTheTwinDoesNotSayIsLeftOut() {
        api.feed(new SyntheticCell("P001", "run-1").state(5, 60));

        assertThat(cellsWhen("pouchtwin_cell_voltage_volts"))
                .doesNotContain("pouchtwin_cell_lithium_inventory")
                .doesNotContain("pouchtwin_cell_soft_short_level_ratio")
                .doesNotContain("NaN");
    }

    @Test
    void aSilentCellHasNoLiveSeriesButAnAge() {
        SyntheticCell cell = new SyntheticCell("P001", "run-1");
        long longAgoUs = (System.currentTimeMillis() - 100_000) * 1000;
        api.store(store -> store.accept(List.of(StateRecord.of(cell.state(5, 60), longAgoUs))));

        String text = cellsWhen("pouchtwin_cell_sample_age_seconds");

        assertThat(text)
                .doesNotContain("pouchtwin_cell_voltage_volts{")
                .contains("pouchtwin_cell_capacity_health_ratio{");
        assertThat(value(text, "pouchtwin_cell_sample_age_seconds{cell=\"P001\"}"))
                .isBetween(100.0, 160.0);
        String fleet = api.get("/metrics").body();
        assertThat(value(fleet, "pouchtwin_fleet_cells{liveness=\"stale\"}")).isEqualTo(1);
    }

    @Test
    void anEndedTestIsNotLive() {
        SyntheticCell cell = new SyntheticCell("P001", "run-1");
        api.feed(cell.state(5, 60));
        long nowUs = System.currentTimeMillis() * 1000 + 1;
        api.store(store -> store.contacts(Map.of("P001", new Contact(nowUs, "run-1", Optional.empty(), true))));

        await().untilAsserted(
                        () -> assertThat(value(api.get("/metrics").body(), "pouchtwin_fleet_cells{liveness=\"ended\"}"))
                                .isEqualTo(1));
        assertThat(api.get("/metrics/cells").body()).doesNotContain("pouchtwin_cell_voltage_volts{");
    }

    @Test
    void aSoftShortIsACriticalAlertAndItsCellIsWatchedFirst() {
        for (int i = 0; i < 30; i++) {
            api.feed(String.format("P%03d", i), "run-1", 1, 3);
        }
        Alert warning = Alerts.raised("0a", "P029");
        api.store(store -> store.alerts(List.of(warning)));
        await().untilAsserted(() -> assertThat(api.get("/metrics").body())
                .contains("pouchtwin_cell_alert{cell=\"P029\",rule=\"soft-short\",stage=\"warning\"} 1"));
        Alert critical = Alerts.changed(warning, AlertChange.ALERT_CHANGE_ESCALATED, AlertStage.ALERT_STAGE_CRITICAL);
        api.store(store -> store.alerts(List.of(critical)));

        await().untilAsserted(() -> assertThat(api.get("/metrics").body())
                .contains("pouchtwin_cell_alert{cell=\"P029\",rule=\"soft-short\",stage=\"critical\"} 1")
                .doesNotContain("stage=\"warning\"} 1"));
        String text = api.get("/metrics").body();
        assertThat(value(text, "pouchtwin_watch_attention{cell=\"P029\"}")).isBetween(4.0, 5.0);
        assertThat(count(text, "pouchtwin_watch_voltage_volts")).isEqualTo(20);
        assertThat(value(text, "pouchtwin_fleet_alerts{stage=\"critical\"}")).isEqualTo(1);

        api.store(store -> store.alerts(
                List.of(Alerts.changed(critical, AlertChange.ALERT_CHANGE_CLEARED, AlertStage.ALERT_STAGE_CRITICAL))));
        await().untilAsserted(() -> assertThat(api.get("/metrics").body()).doesNotContain("pouchtwin_cell_alert{"));
    }

    @Test
    void aForecastIsExportedWithItsInterval() {
        api.feed(new SyntheticCell("P001", "run-1").state(5, 60));
        api.store(store -> store.forecasts(List.of(Forecast.newBuilder()
                .setCell("P001")
                .setTestRun("run-1")
                .setCycleCount(1)
                .setTo80Percent(RemainingLife.newBuilder()
                        .setCycles(
                                Quantiles.newBuilder().setP05(100).setP50(140).setP95(300)))
                .build())));

        String text = cellsWhen("pouchtwin_cell_remaining_cycles");

        assertThat(text)
                .contains("pouchtwin_cell_remaining_cycles{bound=\"low\",cell=\"P001\"} 100")
                .contains("pouchtwin_cell_remaining_cycles{bound=\"median\",cell=\"P001\"} 140")
                .contains("pouchtwin_cell_remaining_cycles{bound=\"high\",cell=\"P001\"} 300")
                .contains("pouchtwin_cell_forecast_age_cycles{cell=\"P001\"} 0")
                .doesNotContain("pouchtwin_cell_short_probability_ratio{");
    }

    @Test
    void shardsTogetherHoldEachCellOnce() {
        List<StateRecord> batch = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            batch.add(
                    StateRecord.of(new SyntheticCell("P" + i, "run-1").state(1, 1), System.currentTimeMillis() * 1000));
        }
        api.store(store -> store.accept(batch));
        await().until(() -> count(api.get("/metrics/cells").body(), "pouchtwin_cell_attention") == 60);

        int[] sizes = new int[3];
        for (int shard = 0; shard < 3; shard++) {
            sizes[shard] =
                    count(api.get("/metrics/cells?shards=3&shard=" + shard).body(), "pouchtwin_cell_attention");
        }

        assertThat(sizes[0] + sizes[1] + sizes[2]).isEqualTo(60);
        assertThat(Arrays.stream(sizes)).allMatch(size -> size > 5);
    }

    @Test
    void aShardThatIsNotThereIsRefused() {
        assertThat(api.get("/metrics/cells?shards=2&shard=2").statusCode()).isEqualTo(404);
        assertThat(api.get("/metrics/cells?shards=2").statusCode()).isEqualTo(404);
        assertThat(api.get("/metrics/cells?shards=0").statusCode()).isEqualTo(400);
    }

    @Test
    void openMetricsIsServedToWhoAsksForIt() {
        api.feed("P001", "run-1", 1, 2);
        var answer = api.get("/metrics/cells", "Accept", "application/openmetrics-text;version=1.0.0");

        assertThat(answer.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/openmetrics-text"));
        assertThat(answer.body()).endsWith("# EOF\n");
    }

    private String cellsWhen(String metric) {
        await().until(() -> count(api.get("/metrics/cells").body(), metric) > 0);
        return api.get("/metrics/cells").body();
    }

    private static int count(String text, String metric) {
        return (int) text.lines().filter(line -> line.startsWith(metric + "{")).count();
    }

    private static double value(String text, String series) {
        return text.lines()
                .filter(line -> line.startsWith(series + " "))
                .findFirst()
                .map(line -> Double.parseDouble(line.substring(series.length()).strip()))
                .orElseThrow(() -> new AssertionError("no " + series + " in\n" + text));
    }
}
