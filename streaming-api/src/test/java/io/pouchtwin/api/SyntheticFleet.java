package io.pouchtwin.api;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.pouchtwin.api.store.Contact;
import io.pouchtwin.api.store.StateRecord;
import io.pouchtwin.api.store.StateStore;
import io.pouchtwin.contracts.v1.Alert;
import io.pouchtwin.contracts.v1.AlertStage;
import io.pouchtwin.contracts.v1.Between;
import io.pouchtwin.contracts.v1.CellRegistration;
import io.pouchtwin.contracts.v1.CycleEstimate;
import io.pouchtwin.contracts.v1.CyclingProgramme;
import io.pouchtwin.contracts.v1.DendriteRisk;
import io.pouchtwin.contracts.v1.Estimate;
import io.pouchtwin.contracts.v1.FailureProbability;
import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.contracts.v1.ForecastPoint;
import io.pouchtwin.contracts.v1.ForecastRecord;
import io.pouchtwin.contracts.v1.Quantiles;
import io.pouchtwin.contracts.v1.RemainingLife;
import io.pouchtwin.contracts.v1.SoftShort;
import io.pouchtwin.contracts.v1.Stability;
import io.pouchtwin.contracts.v1.TrustState;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Serves the page with drawn cells, to look at it without testers, Kafka or twins: {@code SyntheticFleet [cells] [port] [samples per second of each cell]}.
 * The first cell is diverged, the second stale, the third still converging, the fourth has ended.
 */
final class SyntheticFleet {
    static final double LOGGED_EACH_S = 5;
    static final long PAST = 900;

    private SyntheticFleet() {}

    public static void main(String[] arguments) {
        int cells = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 8;
        int port = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 8080;
        double rateHz = arguments.length > 2 ? Double.parseDouble(arguments[2]) : 1;
        Vertx vertx = Vertx.vertx();
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        ApiServer server = ApiFixture.await(ApiServer.deploy(
                ApiConfig.defaults().withPort(port),
                vertx,
                registry,
                new ApiServer.Parts(
                        List::of,
                        acknowledgement -> Future.succeededFuture(),
                        entry -> {},
                        Optional.empty(),
                        List.of(),
                        Clock.systemUTC())));
        List<SyntheticCell> fleet = fill(server::onStore, cells);
        long[] next = {PAST + 1};
        vertx.setPeriodic((long) (1000 / rateHz), id -> {
            for (int i = 0; i < cells; i++) {
                if (i != 1 && i != 3) {
                    feed(server::onStore, fleet.get(i), i, next[0], next[0], 0);
                }
            }
            next[0]++;
        });
    }

    /** Puts cells with an hour of past into a store: registered, fed, and five of them with something to say. */
    static List<SyntheticCell> fill(Consumer<Consumer<StateStore>> stores, int cells) {
        List<SyntheticCell> fleet = new ArrayList<>();
        Map<String, CellRegistration> registrations = new LinkedHashMap<>();
        double startS = System.currentTimeMillis() / 1000.0 - PAST * LOGGED_EACH_S;
        for (int i = 0; i < cells; i++) {
            String name = String.format(Locale.ROOT, "P%03d", i + 1);
            TrustState trust = i == 0
                    ? TrustState.TRUST_STATE_DIVERGED
                    : i == 2 ? TrustState.TRUST_STATE_CONVERGING : TrustState.TRUST_STATE_TRUSTED;
            SyntheticCell cell = new SyntheticCell(name, "run-" + (i + 1), trust, startS - 37 * LOGGED_EACH_S * i);
            fleet.add(cell);
            registrations.put(name, cell.registration(i));
        }
        stores.accept(store -> store.registry(registrations));
        for (int i = 0; i < cells; i++) {
            feed(stores, fleet.get(i), i, 1, PAST, i == 1 ? 400 : 0);
        }
        if (cells > 3) {
            long now = System.currentTimeMillis() * 1000;
            stores.accept(store -> store.contacts(Map.of("P004", new Contact(now, "run-4", Optional.empty(), true))));
        }
        if (cells > 5) {
            stores.accept(store -> worries(store, startS - 37 * LOGGED_EACH_S * 4));
        }
        return fleet;
    }

    /** Alerts and a forecast, to look at. */
    private static void worries(StateStore store, double startOfFifthS) {
        double onsetS = startOfFifthS + 600 * LOGGED_EACH_S;
        Alert soft = Alerts.raised("0a", "P005").toBuilder()
                .setStage(AlertStage.ALERT_STAGE_CRITICAL)
                .setTitle("Soft short: charge goes missing and voltage falls at rest")
                .setQuantity("strongest sign of a soft short, over what makes it speak")
                .setCycleCount(6)
                .setLikelyCause(
                        "Current passes through the cell and not past the tester: lithium has grown through the membrane.")
                .setSuggestedAction("Stop the channel, let the cell stand under watch, and do not charge it again.")
                .setLink(String.format(Locale.ROOT, "/?cell=P005&from=%.0f&to=%.0f", onsetS - 300, onsetS + 300))
                .build();
        Alert warm = Alerts.raised("0b", "P006").toBuilder()
                .setRule("temperature-ahead")
                .setTitle("The cell is getting warm")
                .setQuantity("cell temperature ahead")
                .setUnit("degC")
                .setValue(47.3)
                .setValueLow(46.4)
                .setValueHigh(48.2)
                .setThreshold(45)
                .setHorizonS(300)
                .setLikelyCause("More heat is made than is carried away.")
                .setSuggestedAction("Lower the current or cool the chamber before the charge goes on.")
                .setLink("/?cell=P006")
                .build();
        store.alerts(List.of(warm, soft));
        store.acknowledgements(List.of(Alerts.acknowledged("0b")));
        store.cycles(
                IntStream.rangeClosed(1, 30).mapToObj(SyntheticFleet::cycle).toList());
        store.forecasts(List.of(forecast(120, 0.36), forecast(140, 0.355), forecast(160, 0.345)));
    }

    private static CycleEstimate cycle(int count) {
        return CycleEstimate.newBuilder()
                .setCell("P005")
                .setTestRun("run-5")
                .setCycleCount(count)
                .setStartTestTimeS(3_000.0 * count)
                .setEndTestTimeS(3_000.0 * count + 2_900)
                .setComplete(count < 30)
                .setChargeAh(estimate(0.3801, 0.0004))
                .setDischargeAh(estimate(0.3795 - 0.0004 * count, 0.0004))
                .setChargeEfficiency(0.9984)
                .setEnergyEfficiency(0.931)
                .setCapacityHealth(estimate(1 - 0.001 * count, 0.004))
                .setResistanceHealth(estimate(1 + 0.004 * count, 0.02))
                .setInnovationRmsV(0.0031)
                .setMeanNormalisedInnovationSquared(1.1)
                .setSamples(2_900)
                .setTrust(TrustState.TRUST_STATE_TRUSTED)
                .setParameterSet("pouch-ncm523-ppla")
                .build();
    }

    private static Estimate estimate(double value, double sigma) {
        return Estimate.newBuilder().setValue(value).setSigma(sigma).build();
    }

    static Forecast forecast(int cycle, double capacityAh) {
        Forecast.Builder forecast = Forecast.newBuilder()
                .setCell("P005")
                .setTestRun("run-5")
                .setCycleCount(cycle)
                .setTrusted(true)
                .setReferenceCapacityAh(0.38)
                .setProgramme(CyclingProgramme.newBuilder()
                        .setChargeCurrentA(6.534)
                        .setDischargeCurrentA(2.6136)
                        .setChargeCurrentDensityMaCm2(22)
                        .setDischargeCurrentDensityMaCm2(8.8)
                        .setVoltageMinV(2.8)
                        .setVoltageMaxV(4.4)
                        .setAmbientDegc(25))
                .setTo80Percent(life(90, 210, 480))
                .setToLithiumExhaustion(life(60, 400, 1000))
                .addFailure(FailureProbability.newBuilder()
                        .setCycles(50)
                        .setHours(35)
                        .setCapacity(0.02)
                        .setLithiumExhaustion(0.01)
                        .setShort(quantiles(0.01, 0.08, 0.3)))
                .setDendrite(DendriteRisk.newBuilder()
                        .setCurrentOverCritical(between(10.4, 4, 28))
                        .setCurrentDensityMaCm2(22)
                        .setEffectiveCriticalMaCm2(between(2.11, 0.8, 5.5))
                        .setShareOfLimitingCurrent(0.18)
                        .setStability(Stability.newBuilder()
                                .setGrowthExponent(0.4)
                                .setWorstWavelengthUm(35)
                                .setPeakOverMeanCurrent(1.2)
                                .setVerdict(Stability.Verdict.EVEN))
                        .setDamage(between(0.12, 0.03, 0.5))
                        .setIsIndex(true)
                        .setWarning("The charging current is ten times the critical one.")
                        .setSoftShort(SoftShort.newBuilder()
                                .setChargeBalanceLevel(1.2)
                                .setRestDriftLevel(1.8)
                                .setCalled(true)
                                .setLeakResistanceOhm(385)))
                .setCellRecord(ForecastRecord.newBuilder()
                        .setForecastsMade(cycle)
                        .setScored(cycle - 10)
                        .setCoverage90(0.91)
                        .setMedianRms(0.008));
        for (int i = 0; i <= 20; i++) {
            double median = capacityAh - 0.00035 * 25 * i * (1 + 0.03 * i);
            double half = 0.002 + 0.0012 * i;
            forecast.addPoints(ForecastPoint.newBuilder()
                    .setCycle(cycle + 25 * i)
                    .setCapacityAh(quantiles(median - half, median, median + half))
                    .setResistanceHealth(quantiles(1 + 0.02 * i, 1.02 + 0.03 * i, 1.04 + 0.05 * i)));
        }
        return forecast.build();
    }

    private static RemainingLife life(double low, double median, double high) {
        return RemainingLife.newBuilder()
                .setShareWithinHorizon(0.93)
                .setHorizonCycles(1000)
                .setCycles(quantiles(low, median, high))
                .build();
    }

    private static Between between(double value, double low, double high) {
        return Between.newBuilder().setValue(value).setLow(low).setHigh(high).build();
    }

    private static Quantiles quantiles(double low, double median, double high) {
        return Quantiles.newBuilder()
                .setP05(low)
                .setP25((low + median) / 2)
                .setP50(median)
                .setP75((median + high) / 2)
                .setP95(high)
                .build();
    }

    static void feed(
            Consumer<Consumer<StateStore>> stores, SyntheticCell cell, int shift, long from, long to, long ageS) {
        List<StateRecord> batch = new ArrayList<>();
        long receivedUs = (System.currentTimeMillis() - ageS * 1000) * 1000;
        for (long sequence = from; sequence <= to; sequence++) {
            batch.add(StateRecord.of(cell.state(sequence + 37L * shift, LOGGED_EACH_S), receivedUs));
        }
        stores.accept(store -> store.accept(batch));
    }
}
