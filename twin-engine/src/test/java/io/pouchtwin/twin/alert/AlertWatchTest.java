package io.pouchtwin.twin.alert;

import static io.pouchtwin.contracts.v1.AlertChange.ALERT_CHANGE_CLEARED;
import static io.pouchtwin.contracts.v1.AlertChange.ALERT_CHANGE_ESCALATED;
import static io.pouchtwin.contracts.v1.AlertChange.ALERT_CHANGE_RAISED;
import static org.assertj.core.api.Assertions.assertThat;

import io.pouchtwin.contracts.v1.Alert;
import io.pouchtwin.contracts.v1.AlertStage;
import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.contracts.v1.Quantiles;
import io.pouchtwin.contracts.v1.RemainingLife;
import io.pouchtwin.contracts.v1.TrustState;
import io.pouchtwin.contracts.v1.TwinState;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AlertWatchTest {
    private static final StopPolicy STOPS = new StopPolicy(true, 60);
    private static final long SAMPLES = 600;

    @Test
    void aCellThatIsWellRaisesNothingAndAtRestLeavesNothingToKeep() {
        Told told = new Told();
        AlertWatch<TwinState> watch = Told.watch(STOPS);
        for (long sequence = 1; sequence < 2000; sequence++) {
            told.feed(watch, States.well(sequence).build());
        }
        assertThat(told.alerts).isEmpty();
        TwinState resting = States.well(2000).setCurrentA(0).build();
        told.feed(watch, resting);
        watch.takeChanged();
        told.feed(
                watch,
                resting.toBuilder().setSequence(2001).setTestTimeS(20_010).build());
        assertThat(watch.takeChanged()).isFalse();
        assertThat(watch.save()).isEmpty();
    }

    @Test
    void anAlertIsRaisedOnceStaysWhileTheConditionLingersAndClears() {
        Told told = eventful(Told.watch(StopPolicy.OFF));
        // 1.2 raises, 0.7 only holds, 0.3 clears; 1.5 raises another, both signs make it critical
        assertThat(told.changes("soft-short"))
                .containsExactly(
                        ALERT_CHANGE_RAISED, ALERT_CHANGE_CLEARED, ALERT_CHANGE_RAISED, ALERT_CHANGE_ESCALATED);
        List<Alert> alerts = told.of("soft-short");
        assertThat(alerts.get(0).getOnset().getSequence()).isEqualTo(100);
        assertThat(alerts.get(0).getStage()).isEqualTo(AlertStage.ALERT_STAGE_WARNING);
        Alert last = alerts.get(alerts.size() - 1);
        assertThat(last.getStage()).isEqualTo(AlertStage.ALERT_STAGE_CRITICAL);
        assertThat(last.getCritical().getSequence()).isEqualTo(400);
        assertThat(last.getId()).isNotEqualTo(alerts.get(0).getId());
        assertThat(told.changes("model-not-trusted")).containsExactly(ALERT_CHANGE_RAISED, ALERT_CHANGE_CLEARED);
    }

    @Test
    void everyChangeHasARevisionOfItsOwnAndBringsTheWholeAlert() {
        Told told = eventful(Told.watch(StopPolicy.OFF));
        Set<String> names = new HashSet<>();
        for (Alert alert : told.alerts) {
            assertThat(names.add(alert.getId() + "." + alert.getRevision())).isTrue();
            assertThat(alert.getTitle()).isNotBlank();
            assertThat(alert.getLikelyCause()).isNotBlank();
            assertThat(alert.getSuggestedAction()).isNotBlank();
            assertThat(alert.getLink()).startsWith("/?cell=pouch-1&from=");
            assertThat(alert.getTester()).isEqualTo("rack-1");
        }
        assertThat(told.of("temperature-ahead").get(0).getHorizonS()).isPositive();
    }

    @Test
    void aWatchRestoredAtAnySampleTellsWhatAnUndisturbedOneTells() {
        Told undisturbed = eventful(Told.watch(STOPS));
        for (int every = 1; every < 120; every += 17) {
            Told told = new Told();
            AlertWatch<TwinState> watch = Told.watch(STOPS);
            for (long sequence = 1; sequence < SAMPLES; sequence++) {
                if (sequence % every == 0) {
                    AlertWatch<TwinState> next = Told.watch(STOPS);
                    watch.save().ifPresent(next::restore);
                    watch = next;
                }
                told.feed(watch, States.eventful(States.CELL, sequence));
            }
            assertThat(told.alerts).isEqualTo(undisturbed.alerts);
            assertThat(told.stops).isEqualTo(undisturbed.stops);
        }
    }

    @Test
    void theReadingThatEndsAStepIsNoAlarmHoweverFarItOvershootsAndOneThatStaysBeyondIs() {
        Told told = new Told();
        AlertWatch<TwinState> watch = Told.watch(StopPolicy.OFF);
        told.feed(watch, States.well(1).setCurrentA(-1).setVoltageMeasuredV(2.6).build());
        told.feed(watch, States.well(2).setCurrentA(0).setVoltageMeasuredV(3.1).build());
        assertThat(told.alerts).isEmpty();
        told.feed(watch, States.well(3).setVoltageMeasuredV(4.4).build());
        told.feed(watch, States.well(4).setVoltageMeasuredV(4.45).build());
        assertThat(told.changes("limit-ahead")).containsExactly(ALERT_CHANGE_RAISED);
    }

    @Test
    void timeOfWhichNothingIsKnownDoesNotHoldASuspicion() {
        Told told = new Told();
        AlertWatch<TwinState> watch = Told.watch(StopPolicy.OFF);
        told.feed(watch, hot(1).build());
        for (int sequence = 2; sequence <= 20; sequence++) {
            told.feed(
                    watch,
                    hot(sequence).setTrust(TrustState.TRUST_STATE_DIVERGED).build());
        }
        told.feed(watch, hot(21).build());
        assertThat(told.changes("temperature-ahead")).isEmpty();
        told.feed(watch, hot(22).build());
        told.feed(watch, hot(23).build());
        assertThat(told.changes("temperature-ahead")).containsExactly(ALERT_CHANGE_RAISED);
    }

    @Test
    void timeOfWhichNothingIsKnownHasNotBeenCritical() {
        Told told = new Told();
        AlertWatch<TwinState> watch = Told.watch(StopPolicy.OFF);
        for (int sequence = 1; sequence <= 3; sequence++) {
            told.feed(watch, predicted(sequence, 50).build());
        }
        told.feed(watch, hot(4).build());
        told.feed(watch, hot(5).setTrust(TrustState.TRUST_STATE_DIVERGED).build());
        told.feed(watch, hot(6).build());
        assertThat(told.changes("temperature-ahead")).containsExactly(ALERT_CHANGE_RAISED);
        told.feed(watch, hot(7).build());
        told.feed(watch, hot(8).build());
        assertThat(told.changes("temperature-ahead")).containsExactly(ALERT_CHANGE_RAISED, ALERT_CHANGE_ESCALATED);
    }

    @Test
    void timeOfWhichNothingIsKnownHasNotBeenCalm() {
        Told told = new Told();
        AlertWatch<TwinState> watch = Told.watch(StopPolicy.OFF);
        for (int sequence = 1; sequence <= 3; sequence++) {
            told.feed(watch, hot(sequence).build());
        }
        told.feed(watch, predicted(4, 25).build());
        // an hour and more, of which nothing is known
        told.feed(
                watch,
                predicted(400, 25).setTrust(TrustState.TRUST_STATE_DIVERGED).build());
        told.feed(watch, predicted(401, 25).build());
        assertThat(told.changes("temperature-ahead")).containsExactly(ALERT_CHANGE_RAISED);
        told.feed(watch, predicted(770, 25).build());
        assertThat(told.changes("temperature-ahead")).containsExactly(ALERT_CHANGE_RAISED, ALERT_CHANGE_CLEARED);
    }

    /** A cell without a sensor whose twin says 70 degC; ten seconds after the one before. */
    private static TwinState.Builder hot(long sequence) {
        return predicted(sequence, 70);
    }

    private static TwinState.Builder predicted(long sequence, double celsius) {
        return States.well(sequence)
                .clearTemperatureMeasuredDegc()
                .setTemperaturePredictedDegc(States.estimate(celsius, 1));
    }

    @Test
    void anotherTestClearsWhatWasOpenInTheLastOne() {
        Told told = new Told();
        AlertWatch<TwinState> watch = Told.watch(StopPolicy.OFF);
        told.feed(watch, States.well(1).setSoftShort(States.signs(2, 2, true)).build());
        told.feed(watch, States.well(States.CELL, "run-2", 1).build());
        assertThat(told.changes("soft-short")).containsExactly(ALERT_CHANGE_RAISED, ALERT_CHANGE_CLEARED);
    }

    @Test
    void aStopIsAskedForOnceAndOnlyWhenACriticalShortIsMetAgainLongEnoughAfter() {
        Told told = new Told();
        AlertWatch<TwinState> watch = Told.watch(STOPS);
        for (long sequence = 1; sequence <= 6; sequence++) {
            told.feed(
                    watch,
                    States.well(sequence).setSoftShort(States.signs(2, 2, true)).build());
        }
        assertThat(told.stops).isEmpty();
        for (long sequence = 7; sequence <= 40; sequence++) {
            told.feed(
                    watch,
                    States.well(sequence).setSoftShort(States.signs(2, 2, true)).build());
        }
        assertThat(told.stops).hasSize(1);
        assertThat(told.stops.get(0).getMoment().getTestTimeS()).isEqualTo(70);
        assertThat(told.stops.get(0).getId()).isEqualTo(told.alerts.get(0).getId());
    }

    @Test
    void noStopIsAskedForWhereItIsOffOrTheCellIsOnNoKnownChannelOrTheAlertIsNoShort() {
        Told off = eventful(Told.watch(StopPolicy.OFF));
        assertThat(off.stops).isEmpty();
        Told told = new Told();
        AlertWatch<TwinState> watch = Told.watch(STOPS);
        for (long sequence = 1; sequence <= 40; sequence++) {
            TwinState state =
                    States.well(sequence).setSoftShort(States.signs(2, 2, true)).build();
            watch.take(state, States.at(state), Place.UNKNOWN, AlertThresholds.standard(), told);
        }
        assertThat(told.stops).isEmpty();
        Told hot = new Told();
        AlertWatch<TwinState> other = Told.watch(STOPS);
        for (long sequence = 1; sequence <= 40; sequence++) {
            hot.feed(other, States.well(sequence).setTemperatureMeasuredDegc(80).build());
        }
        assertThat(hot.changes("temperature-ahead")).containsExactly(ALERT_CHANGE_RAISED);
        assertThat(hot.stops).isEmpty();
    }

    @Test
    void anAlertOfLifeStaysThroughATwinThatIsLostForAWhileAndClearsWhenItIsFoundAgain() {
        Told told = new Told();
        AlertWatch<Forecast> watch = new AlertWatch<>(Rules.ofForecasts(), (trail, forecast) -> false, StopPolicy.OFF);
        take(watch, forecast(1, true, 30), told);
        take(watch, forecast(2, false, 30), told);
        take(watch, forecast(3, true, 29), told);
        take(watch, forecast(4, false, 500), told);
        assertThat(told.changes("end-of-life-ahead")).containsExactly(ALERT_CHANGE_RAISED);
        take(watch, forecast(5, true, 500), told);
        assertThat(told.changes("end-of-life-ahead")).containsExactly(ALERT_CHANGE_RAISED, ALERT_CHANGE_CLEARED);
    }

    private static void take(AlertWatch<Forecast> watch, Forecast forecast, Told told) {
        TwinState moment = States.well(forecast.getCycleCount()).build();
        Occasion at = States.at(moment);
        watch.take(
                forecast,
                new Occasion(
                        at.cell(), at.testRun(), at.moment(), at.stepCount(), at.stepType(), forecast.getCycleCount()),
                new Place("rack-1", "1"),
                AlertThresholds.standard(),
                told);
    }

    private static Forecast forecast(int cycle, boolean trusted, double cyclesTo80Percent) {
        return Forecast.newBuilder()
                .setCycleCount(cycle)
                .setTrusted(trusted)
                .setTo80Percent(RemainingLife.newBuilder()
                        .setShareWithinHorizon(1)
                        .setHorizonCycles(1000)
                        .setCycles(Quantiles.newBuilder()
                                .setP05(0.8 * cyclesTo80Percent)
                                .setP50(cyclesTo80Percent)
                                .setP95(1.2 * cyclesTo80Percent)))
                .build();
    }

    private static Told eventful(AlertWatch<TwinState> watch) {
        Told told = new Told();
        for (long sequence = 1; sequence < SAMPLES; sequence++) {
            told.feed(watch, States.eventful(States.CELL, sequence));
        }
        return told;
    }
}
