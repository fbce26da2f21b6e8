package io.pouchtwin.api;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.pouchtwin.api.store.StateRecord;
import io.pouchtwin.contracts.v1.CellRegistration;
import io.pouchtwin.contracts.v1.Estimate;
import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.contracts.v1.SoftShort;
import io.pouchtwin.contracts.v1.TrustState;
import io.pouchtwin.contracts.v1.TwinState;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Serves the metrics of many drawn cells, each with everything that a twin and a forecast say, so that the cost of the export can be measured: {@code
 * ManyCells [cells] [port]}; a new sample of each cell every 5 s. See grafana/cardinality.sh.
 */
final class ManyCells {
    private static final double LOGGED_EACH_S = 5;
    private static final int PHASES = 97;

    private ManyCells() {}

    public static void main(String[] arguments) {
        int cells = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000;
        int port = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 8080;
        Vertx vertx = Vertx.vertx();
        ApiServer server = ApiFixture.await(ApiServer.deploy(
                ApiConfig.defaults().withPort(port),
                vertx,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                new ApiServer.Parts(
                        List::of,
                        acknowledgement -> Future.succeededFuture(),
                        entry -> {},
                        Optional.empty(),
                        List.of(),
                        Clock.systemUTC())));
        List<SyntheticCell> fleet = new ArrayList<>();
        Map<String, CellRegistration> registrations = new LinkedHashMap<>();
        List<Forecast> forecasts = new ArrayList<>();
        double startS = System.currentTimeMillis() / 1000.0;
        for (int i = 0; i < cells; i++) {
            String name = String.format(Locale.ROOT, "P%05d", i + 1);
            SyntheticCell cell = new SyntheticCell(name, "run-1", TrustState.TRUST_STATE_TRUSTED, startS);
            fleet.add(cell);
            registrations.put(name, cell.registration(i));
            forecasts.add(SyntheticFleet.forecast(1, 0.36).toBuilder()
                    .setCell(name)
                    .setTestRun("run-1")
                    .build());
        }
        server.onStore(store -> {
            store.registry(registrations);
            store.forecasts(forecasts);
        });
        long[] next = {1};
        vertx.setPeriodic(1, (long) (1000 * LOGGED_EACH_S), id -> {
            long now = System.currentTimeMillis() * 1000;
            List<StateRecord> batch = new ArrayList<>();
            for (int i = 0; i < cells; i++) {
                // each cell at another place of its cycle: numbers change as those of a real fleet do
                batch.add(StateRecord.of(
                        complete(fleet.get(i).state(next[0] + 6L * (i % PHASES), LOGGED_EACH_S)), now));
            }
            server.onStore(store -> store.accept(batch));
            next[0]++;
        });
    }

    /** With what a twin says and {@link SyntheticCell} does not. */
    private static TwinState complete(TwinState state) {
        return state.toBuilder()
                .setLithiumInventoryMahCm2(Estimate.newBuilder().setValue(2.4).setSigma(0.9))
                .setPlatingEfficiency(Estimate.newBuilder().setValue(0.995).setSigma(0.003))
                .setSoftShort(SoftShort.newBuilder().setChargeBalanceLevel(0.1).setRestDriftLevel(0.2))
                .build();
    }
}
