package io.pouchtwin.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pouchtwin.contracts.v1.GatewayPosition;
import io.pouchtwin.contracts.v1.RawBatch;
import io.pouchtwin.contracts.v1.RawSample;
import io.pouchtwin.contracts.v1.Rejected;
import io.pouchtwin.gateway.emulator.Fault;
import io.pouchtwin.gateway.emulator.Instrument;
import io.pouchtwin.gateway.emulator.LinearCell;
import io.pouchtwin.gateway.emulator.LoggingPlan;
import io.pouchtwin.gateway.emulator.Programme;
import io.pouchtwin.gateway.emulator.Step;
import io.pouchtwin.gateway.emulator.Storyline;
import io.pouchtwin.gateway.emulator.VirtualCellConfig;
import io.pouchtwin.gateway.emulator.VirtualTester;
import io.pouchtwin.gateway.emulator.VirtualTesterConfig;
import io.pouchtwin.gateway.publish.RecordingPublisher;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The driver talks to the virtual tester over TCP; what arrives is complete and in order whatever happens on the way. */
class GatewayAgainstVirtualTesterTest {
    private static final ZoneId ZURICH = ZoneId.of("Europe/Zurich");
    private static final String FIRST = "27-21-1-1";
    private static final String SECOND = "27-21-1-2";
    private static final String THIRD = "27-21-1-3";

    private final Vertx vertx = Vertx.vertx();
    private final RecordingPublisher publisher = new RecordingPublisher();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final List<Gateway> gateways = new ArrayList<>();
    private final List<VirtualTester> testers = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (Gateway gateway : gateways) {
            wait(gateway.close());
        }
        for (VirtualTester tester : testers) {
            wait(tester.close());
        }
        wait(vertx.close());
    }

    @Test
    void everyStoredPointArrivesOnceAndInOrder() throws Exception {
        VirtualTester tester = tester(3, endless());
        gateway(tester, 3);
        for (String channel : List.of(FIRST, SECOND, THIRD)) {
            awaitPoints(channel, 300);
        }
        assertCompleteInOrder(FIRST, SECOND, THIRD);
        assertThat(publisher.registrations()).hasSize(3);
        assertThat(publisher.rejected()).isEmpty();
        assertThat(publisher.batches()).anyMatch(RawBatch::hasLive);
        RawBatch batch = publisher.batches().stream()
                .filter(b -> b.getSamplesCount() > 0)
                .findFirst()
                .orElseThrow();
        assertThat(batch.getBarcode()).startsWith("cell ");
        assertThat(batch.getTimeZone()).isEqualTo("Europe/Zurich");
        assertThat(batch.getTestRun()).isNotEmpty();
    }

    @Test
    void nothingIsLostWhenTheConnectionIsCutWhileTheTesterGoesOn() throws Exception {
        VirtualTester tester = tester(2, endless());
        gateway(tester, 2);
        awaitPoints(FIRST, 100);
        tester.cutConnections();
        awaitPoints(FIRST, 300);
        tester.inject(new Fault.CutMidFrame(150));
        awaitPoints(FIRST, 500);
        tester.inject(new Fault.CutMidFrame(900));
        awaitPoints(FIRST, 700);
        awaitPoints(SECOND, 700);
        assertCompleteInOrder(FIRST, SECOND);
        assertThat(publisher.rejected()).extracting(Rejected::getCode).contains("peer-closed-mid-frame");
        assertThat(metrics.get("pouchtwin.gateway.connections.lost").counter().count())
                .isGreaterThanOrEqualTo(3);
    }

    @Test
    void badRepliesAreRejectedCountedAndGotOver() throws Exception {
        VirtualTester tester = tester(2, endless());
        gateway(tester, 2);
        awaitPoints(FIRST, 50);
        tester.inject(new Fault.Garbage());
        awaitRejected("not-xml");
        // the same question refused again is not told again: let it be answered first, whichever channel's it was
        awaitMorePoints();
        tester.inject(new Fault.UnknownCommand());
        awaitRejected("unknown-command");
        awaitMorePoints();
        tester.inject(new Fault.HugeFrame(3_000_000));
        awaitRejected("frame-too-large");
        tester.inject(new Fault.Silence());
        int before = publisher.count(FIRST);
        awaitPoints(FIRST, before + 200);
        awaitPoints(SECOND, before + 200);
        assertCompleteInOrder(FIRST, SECOND);
        Rejected garbage = publisher.rejected().stream()
                .filter(r -> r.getCode().equals("not-xml"))
                .findFirst()
                .orElseThrow();
        assertThat(garbage.getRaw().toStringUtf8()).contains("this is not XML");
        assertThat(garbage.getOrigin()).isEqualTo("127.0.0.1:" + tester.port());
        assertThat(garbage.getReason()).contains("not well-formed XML");
        assertThat(metrics.get("pouchtwin.gateway.rejected")
                        .tag("reason", "not-xml")
                        .counter()
                        .count())
                .isGreaterThanOrEqualTo(1);
    }

    @Test
    void aPoisonedRowIsRejectedAloneAndNaNIsPassedOn() throws Exception {
        VirtualTester tester = tester(2, endless());
        tester.inject(new Fault.Unparsable(FIRST, 40, 41));
        tester.inject(new Fault.NotANumber(FIRST, 60, 60));
        tester.inject(new Fault.MilliVolts(FIRST, 70, 70));
        gateway(tester, 2);
        awaitPoints(FIRST, 200);
        awaitPoints(SECOND, 200);
        List<Long> sequences = sequences(FIRST);
        assertThat(sequences).doesNotContain(40L, 41L).isSorted().doesNotHaveDuplicates();
        assertThat(sequences).startsWith(1L).contains(39L, 42L, 43L);
        assertThat(publisher.rejected())
                .extracting(Rejected::getCode, Rejected::getSequence, Rejected::getChannel, Rejected::getCell)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple("unparsable-number", 40L, FIRST, "cell-0"),
                        org.assertj.core.api.Assertions.tuple("unparsable-number", 41L, FIRST, "cell-0"));
        assertThat(sample(FIRST, 60).getVoltageV()).isNaN();
        assertThat(sample(FIRST, 70).getVoltageV()).isGreaterThan(1000);
        assertCompleteInOrder(SECOND);
    }

    @Test
    void aPointThatBreaksTheWholeReplyIsFoundAndPassedOver() throws Exception {
        VirtualTester tester = tester(2, endless());
        tester.inject(new Fault.BrokenXml(FIRST, 57, 57));
        gateway(tester, 2);
        awaitPoints(FIRST, 200);
        awaitPoints(SECOND, 200);
        List<Long> expected =
                LongStream.rangeClosed(1, 150).filter(s -> s != 57).boxed().toList();
        assertThat(sequences(FIRST)).startsWith(expected.toArray(Long[]::new));
        assertThat(publisher.rejected())
                .filteredOn(r -> r.getSequence() == 57)
                .extracting(Rejected::getCode)
                .containsExactly("not-xml");
        assertCompleteInOrder(SECOND);
    }

    @Test
    void rowsThatTheTesterLeavesOutOnceAreAskedForAgain() throws Exception {
        VirtualTester tester = tester(1, endless());
        tester.inject(new Fault.DropRows(FIRST, 50, 52, 1));
        tester.inject(new Fault.DropRows(FIRST, 1, 3, 2));
        gateway(tester, 1);
        awaitPoints(FIRST, 200);
        assertCompleteInOrder(FIRST);
    }

    @Test
    void rowsThatTheTesterNeverGivesDoNotBlockTheRowsAfterThem() throws Exception {
        VirtualTester tester = tester(1, endless());
        tester.inject(new Fault.DropRows(FIRST, 50, 52, Integer.MAX_VALUE));
        gateway(tester, 1);
        awaitPoints(FIRST, 200);
        assertThat(sequences(FIRST))
                .doesNotContain(50L, 51L, 52L)
                .contains(49L, 53L)
                .isSorted()
                .doesNotHaveDuplicates();
        // counted after the page that shows the gap was handed on
        await().untilAsserted(() -> assertThat(
                        metrics.get("pouchtwin.gateway.gap.points").counter().count())
                .isEqualTo(3));
    }

    @Test
    void whileTheBrokerIsAwayPointsWaitAtTheTester() throws Exception {
        VirtualTester tester = tester(2, endless());
        gateway(tester, 2);
        awaitPoints(FIRST, 50);
        publisher.away(true);
        await().until(() -> publisher.refusals() > 3);
        int during = publisher.count(FIRST);
        long storedThen = tester.stored(FIRST);
        await().until(() -> tester.stored(FIRST) > storedThen + 100);
        assertThat(publisher.count(FIRST)).isEqualTo(during);
        publisher.away(false);
        awaitPoints(FIRST, during + 200);
        assertCompleteInOrder(FIRST, SECOND);
    }

    @Test
    void aSecondGatewayGoesOnWhereTheFirstStopped() throws Exception {
        VirtualTester tester = tester(2, endless());
        Gateway first = gateway(tester, 2);
        awaitPoints(FIRST, 100);
        wait(first.close());
        gateways.remove(first);
        int before = publisher.count(FIRST);
        GatewayPosition position = position(FIRST);
        assertThat(position.getLastSequence()).isBetween(1L, (long) before);
        gateway(tester, 2);
        awaitPoints(FIRST, before + 200);
        List<Long> distinct = sequences(FIRST).stream().distinct().toList();
        assertThat(distinct)
                .isEqualTo(LongStream.rangeClosed(1, distinct.size()).boxed().toList());
        // only what was not yet remembered may come twice
        assertThat(sequences(FIRST).size() - distinct.size())
                .isLessThanOrEqualTo((int) (before - position.getLastSequence()));
    }

    @Test
    void theEndOfARunIsToldOnceAfterItsLastPoint() throws Exception {
        Programme brief = new Programme(List.of(new Step.Rest(60), new Step.Charge(1, 3.6), new Step.Rest(60)));
        VirtualTester tester = tester(1, brief);
        gateway(tester, 1);
        await().until(() -> publisher.batches().stream().anyMatch(RawBatch::getRunComplete));
        assertCompleteInOrder(FIRST);
        assertThat(publisher.count(FIRST)).isEqualTo((int) tester.stored(FIRST));
        await().until(() -> position(FIRST).getRunComplete());
        long polls = livePoints();
        await().until(() -> livePoints() > polls + 3);
        assertThat(publisher.batches()).filteredOn(RawBatch::getRunComplete).hasSize(1);
    }

    @Test
    void answersBelongToChannelsByOrderEvenWhereTheTesterNamesAnotherUnit() throws Exception {
        VirtualTester tester = tester(10, endless());
        Gateway first = gateway(tester, 10);
        String second = "27-21-2-1";
        awaitPoints(second, 20);
        // discovery is over by now, so what is falsified is readings, counts and pages
        for (int i = 0; i < 60; i++) {
            tester.inject(new Fault.WrongUnit());
        }
        awaitPoints(second, publisher.count(second) + 50);
        awaitPoints(FIRST, publisher.count(second));
        assertThat(first.status()).allMatch(Gateway.TesterStatus::connected);
        assertCompleteInOrder(FIRST, second);
        assertThat(publisher.batches())
                .filteredOn(b -> b.getChannel().equals(second))
                .allMatch(b -> b.getBarcode().equals("cell 8") && b.getTestRun().equals("108"));
        assertThat(publisher.rejected()).isEmpty();
    }

    @Test
    void stateAndLagAreShownAsMetricsAndTakenBackAtTheEnd() throws Exception {
        VirtualTester tester = tester(1, endless());
        Gateway gateway = gateway(tester, 1);
        awaitPoints(FIRST, 100);
        assertThat(metrics.get("pouchtwin.gateway.connected")
                        .tag("tester", "tester-1")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(metrics.get("pouchtwin.gateway.reply.age").gauge().value()).isBetween(0.0, 5.0);
        assertThat(metrics.get("pouchtwin.gateway.lag.points")
                        .tag("channel", FIRST)
                        .gauge()
                        .value())
                .isGreaterThanOrEqualTo(0);
        assertThat(metrics.get("pouchtwin.gateway.samples").counter().count()).isGreaterThanOrEqualTo(100);
        assertThat(metrics.get("pouchtwin.gateway.request")
                        .tag("command", "download")
                        .timer()
                        .count())
                .isPositive();
        wait(gateway.close());
        gateways.remove(gateway);
        assertThat(metrics.find("pouchtwin.gateway.connected").gauge()).isNull();
    }

    @Test
    void aDeadTesterDoesNotHoldUpAnother() throws Exception {
        VirtualTester alive = tester(1, endless());
        Duration soon = Duration.ofMillis(500);
        TesterConfig dead =
                TesterConfig.neware("dead", "127.0.0.1", 1, ZURICH, Polling.USUAL, new Timeouts(soon, soon, soon));
        GatewayConfig config = new GatewayConfig(
                List.of(dead, testerConfig(alive)), List.of(cell("tester-1", FIRST, 0), cell("dead", FIRST, 1)));
        Gateway gateway = Gateway.start(config, publisher, vertx, metrics);
        gateways.add(gateway);
        awaitPoints(FIRST, 100);
        assertThat(gateway.status())
                .extracting(Gateway.TesterStatus::tester, Gateway.TesterStatus::connected)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple("dead", false),
                        org.assertj.core.api.Assertions.tuple("tester-1", true));
    }

    private void awaitMorePoints() {
        int first = publisher.count(FIRST);
        int second = publisher.count(SECOND);
        awaitPoints(FIRST, first + 50);
        awaitPoints(SECOND, second + 50);
    }

    private VirtualTester tester(int channels, Programme programme) throws Exception {
        List<VirtualCellConfig> cells = new ArrayList<>();
        for (int i = 0; i < channels; i++) {
            cells.add(new VirtualCellConfig(
                    "linear",
                    "cell " + i,
                    i,
                    1.2,
                    300,
                    programme,
                    new LoggingPlan(10, 30, 0.02),
                    Instrument.sixteenBit(12, 7),
                    Storyline.HEALTHY));
        }
        VirtualTester tester = wait(VirtualTester.start(
                new VirtualTesterConfig("127.0.0.1", 0, ZURICH, 10_000, cells, 100, null, Duration.ofSeconds(60)),
                vertx,
                LinearCell::of,
                System::nanoTime));
        testers.add(tester);
        return tester;
    }

    private Gateway gateway(VirtualTester tester, int channels) {
        List<CellConfig> cells = new ArrayList<>();
        for (int i = 0; i < channels; i++) {
            cells.add(cell("tester-1", tester.channels().get(i), i));
        }
        Gateway gateway =
                Gateway.start(new GatewayConfig(List.of(testerConfig(tester)), cells), publisher, vertx, metrics);
        gateways.add(gateway);
        return gateway;
    }

    private static TesterConfig testerConfig(VirtualTester tester) {
        return TesterConfig.neware(
                "tester-1",
                "127.0.0.1",
                tester.port(),
                ZURICH,
                new Polling(Duration.ofMillis(20), 2, 100, 4, 1_000_000),
                new Timeouts(Duration.ofSeconds(2), Duration.ofMillis(500), Duration.ofMillis(200)));
    }

    private static CellConfig cell(String tester, String channel, int number) {
        return new CellConfig(tester, channel, "cell-" + number, "linear", 1.2, 300, "", "");
    }

    private static Programme endless() {
        return Programme.fastCharge(5, 4.2, 1, 3.0, 120, 1_000_000);
    }

    private GatewayPosition position(String channel) {
        return publisher.positionsNow().getOrDefault("tester-1/" + channel, GatewayPosition.getDefaultInstance());
    }

    private long livePoints() {
        return publisher.batches().stream().filter(RawBatch::hasLive).count();
    }

    private RawSample sample(String channel, long sequence) {
        return publisher.samples(channel).stream()
                .filter(s -> s.getSequence() == sequence)
                .findFirst()
                .orElseThrow();
    }

    private List<Long> sequences(String channel) {
        return publisher.samples(channel).stream().map(RawSample::getSequence).toList();
    }

    private void assertCompleteInOrder(String... channels) {
        for (String channel : channels) {
            List<Long> sequences = sequences(channel);
            assertThat(sequences)
                    .as(channel)
                    .isEqualTo(
                            LongStream.rangeClosed(1, sequences.size()).boxed().toList());
        }
    }

    private void awaitPoints(String channel, int count) {
        await().atMost(20, TimeUnit.SECONDS)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> publisher.count(channel) >= count);
    }

    private void awaitRejected(String code) {
        await().atMost(20, TimeUnit.SECONDS)
                .pollInterval(Duration.ofMillis(10))
                .until(() ->
                        publisher.rejected().stream().anyMatch(r -> r.getCode().equals(code)));
    }

    private static <T> T wait(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
