package io.pouchtwin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.pouchtwin.contracts.v1.CycleEstimate;
import io.pouchtwin.contracts.v1.Estimate;
import io.pouchtwin.contracts.v1.TwinState;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cycles, trust and parameter sets over HTTP. */
class CyclesTest {
    private ApiFixture api;

    @BeforeEach
    void start() {
        api = new ApiFixture();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private static CycleEstimate cycle(String run, int count) {
        return CycleEstimate.newBuilder()
                .setCell("A01")
                .setTestRun(run)
                .setCycleCount(count)
                .setDischargeAh(Estimate.newBuilder().setValue(count / 10.0))
                .build();
    }

    private static List<Integer> counts(JsonObject answer) {
        JsonArray cycles = answer.getJsonArray("cycles");
        return IntStream.range(0, cycles.size())
                .mapToObj(i -> cycles.getJsonObject(i).getInteger("cycle_count"))
                .toList();
    }

    @Test
    void pagesLeadBackToTheFirstCycleEachOnce() {
        List<CycleEstimate> cycles = new ArrayList<>();
        IntStream.rangeClosed(1, 25).forEach(i -> cycles.add(cycle("run 1", i)));
        cycles.add(cycle("run 2", 1));
        cycles.add(cycle("run 2", 1)); // once more after a restart of its engine
        api.store(store -> store.cycles(cycles));
        List<Integer> seen = new ArrayList<>();
        String next = "/api/v1/cells/A01/cycles?limit=10";
        while (next != null) {
            JsonObject page = api.json(next);
            assertThat(page.getInteger("total")).isEqualTo(26);
            seen.addAll(0, counts(page));
            next = page.getString("next");
        }
        List<Integer> expected =
                new ArrayList<>(IntStream.rangeClosed(1, 25).boxed().toList());
        expected.add(1);
        assertThat(seen).isEqualTo(expected);
    }

    @Test
    void oneCellKeepsABoundedNumberOfCycles() {
        api.store(store -> store.cycles(
                IntStream.rangeClosed(1, 2_500).mapToObj(i -> cycle("run 1", i)).toList()));
        JsonObject page = api.json("/api/v1/cells/A01/cycles?limit=3");
        assertThat(page.getInteger("total")).isEqualTo(2_000);
        assertThat(counts(page)).containsExactly(2_498, 2_499, 2_500);
    }

    @Test
    void trustCountsTheErrorsThatTheBandHeld() {
        SyntheticCell cell = new SyntheticCell("A01", "run-1");
        for (int i = 1; i <= 10; i++) {
            TwinState state = cell.state(i, 1);
            api.feed(state.toBuilder()
                    .setVoltagePredictedV(
                            state.getVoltagePredictedV().toBuilder().setSigma(0.001))
                    .setInnovationV(i <= 9 ? 0.001 : -0.01)
                    .build());
        }
        JsonObject errors = api.json("/api/v1/cells/A01/trust").getJsonObject("voltage_errors");
        assertThat(errors.getInteger("states")).isEqualTo(10);
        assertThat(errors.getDouble("inside_90_percent_band")).isEqualTo(0.9);
        assertThat(errors.getDouble("mean_normalised_innovation_squared"))
                .isCloseTo((9 + 100) / 10.0, org.assertj.core.data.Offset.offset(1e-9));
    }

    @Test
    void aParameterSetSaysWhereEachValueComesFromAndIsSentOnce() {
        HttpResponse<String> first = api.get("/api/v1/parameter-sets/pouch-of-a-test");
        JsonObject thickness =
                new JsonObject(first.body()).getJsonArray("values").getJsonObject(0);
        assertThat(thickness.getDouble("value")).isEqualTo(20);
        assertThat(thickness.getString("unit")).isEqualTo("um");
        assertThat(thickness.getString("status")).isEqualTo("paper");
        assertThat(thickness.getString("source")).isEqualTo("Table 1");
        String tag = first.headers().firstValue("ETag").orElseThrow();
        assertThat(api.get("/api/v1/parameter-sets/pouch-of-a-test", "If-None-Match", tag)
                        .statusCode())
                .isEqualTo(304);
    }
}
