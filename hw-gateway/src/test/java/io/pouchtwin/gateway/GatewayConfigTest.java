package io.pouchtwin.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class GatewayConfigTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final TesterConfig TESTER = TesterConfig.neware("t1", "localhost", 502, UTC);
    private static final CellConfig CELL =
            new CellConfig("t1", "27-21-1-1", "c1", "coin-ncm523-ppla", 0.003, 0, "", "");

    @Test
    void everyErrorNamesKeyValueAndExpectation() {
        refused(() -> TesterConfig.neware("a/b", "localhost", 502, UTC), "name: a/b, expected a name without slashes");
        refused(() -> TesterConfig.neware("t", "", 502, UTC), "host: , expected");
        refused(() -> TesterConfig.neware("t", "localhost", 0, UTC), "port: 0, expected from 1 to 65535");
        refused(() -> Polling.USUAL.every(Duration.ZERO), "period: PT0S, expected from PT0.01S to PT1H");
        refused(() -> new Polling(SECOND, 0, 1000, 4, 1024), "channelsPerRequest: 0, expected from 1 to 1000");
        refused(() -> new Polling(SECOND, 1, 1001, 4, 1024), "pointsPerPage: 1001, expected from 1 to 1000");
        refused(
                () -> new Timeouts(SECOND, SECOND, Duration.ofDays(1)),
                "longestPause: PT24H, expected from PT0.01S to PT1H");
        refused(
                () -> new CellConfig("t1", "x", "c", "d", 0, 0, "", ""),
                "nominalCapacityAh: 0.0, expected a positive capacity in Ah");
        refused(() -> new CellConfig("t1", "x", "c", "d", 1, Double.NaN, "", ""), "areaCm2: NaN, expected");
        refused(() -> new GatewayConfig(List.of(), List.of()), "testers: [], expected at least one tester");
        refused(
                () -> new GatewayConfig(List.of(TESTER, TESTER), List.of()),
                "testers.name: t1, expected each name once");
        refused(
                () -> new GatewayConfig(List.of(TESTER), List.of(CELL, CELL)),
                "cells.channel: t1/27-21-1-1, expected each channel once");
        refused(
                () -> new GatewayConfig(List.of(TESTER), List.of(new CellConfig("t2", "x", "c", "d", 1, 0, "", ""))),
                "cells.tester: t2, expected one of [t1]");
    }

    @Test
    void passwordsDoNotGetIntoLogs() {
        assertThat(new GatewayConfig(List.of(TESTER), List.of(CELL)).toString())
                .contains("t1")
                .doesNotContain("password");
    }

    private static void refused(ThrowingCallable making, String message) {
        assertThatThrownBy(making).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }
}
