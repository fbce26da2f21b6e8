package io.pouchtwin.api;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.pouchtwin.api.store.Contact;
import io.pouchtwin.api.store.StateRecord;
import io.pouchtwin.contracts.v1.CellRegistration;
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

/**
 * Serves the page with drawn cells, to look at it without testers, Kafka or twins: {@code SyntheticFleet [cells] [port] [samples per second of each cell]}.
 * The first cell is diverged, the second stale, the third still converging, the fourth has ended.
 */
final class SyntheticFleet {
    private static final double LOGGED_EACH_S = 5;
    private static final long PAST = 900;

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
                List::of,
                acknowledgement -> Future.succeededFuture(),
                Clock.systemUTC()));
        List<SyntheticCell> fleet = new ArrayList<>();
        Map<String, CellRegistration> registrations = new LinkedHashMap<>();
        double startS = System.currentTimeMillis() / 1000.0 - PAST * LOGGED_EACH_S;
        for (int i = 0; i < cells; i++) {
            String name = String.format(Locale.ROOT, "P%03d", i + 1);
            TrustState trust = i == 0
                    ? TrustState.TRUST_STATE_DIVERGED
                    : i == 2 ? TrustState.TRUST_STATE_CONVERGING : TrustState.TRUST_STATE_TRUSTED;
            SyntheticCell cell = new SyntheticCell(name, "run-" + (i + 1), trust, startS - 7 * i);
            fleet.add(cell);
            registrations.put(name, cell.registration(i));
        }
        server.onStore(store -> store.registry(registrations));
        for (int i = 0; i < cells; i++) {
            feed(server, fleet.get(i), i, 1, PAST, i == 1 ? 400 : 0);
        }
        long[] next = {PAST + 1};
        vertx.setPeriodic((long) (1000 / rateHz), id -> {
            for (int i = 0; i < cells; i++) {
                if (i != 1 && i != 3) {
                    feed(server, fleet.get(i), i, next[0], next[0], 0);
                }
            }
            next[0]++;
        });
        if (cells > 3) {
            long now = System.currentTimeMillis() * 1000;
            server.onStore(store -> store.contacts(Map.of("P004", new Contact(now, "run-4", Optional.empty(), true))));
        }
    }

    private static void feed(ApiServer server, SyntheticCell cell, int shift, long from, long to, long ageS) {
        List<StateRecord> batch = new ArrayList<>();
        long receivedUs = (System.currentTimeMillis() - ageS * 1000) * 1000;
        for (long sequence = from; sequence <= to; sequence++) {
            batch.add(StateRecord.of(cell.state(sequence + 37L * shift, LOGGED_EACH_S), receivedUs));
        }
        server.onStore(store -> store.accept(batch));
    }
}
