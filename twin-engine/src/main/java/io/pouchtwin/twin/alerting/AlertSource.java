package io.pouchtwin.twin.alerting;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import io.pouchtwin.contracts.Topic;
import io.pouchtwin.contracts.v1.AlertMoment;
import io.pouchtwin.contracts.v1.CellSilence;
import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.contracts.v1.StepType;
import io.pouchtwin.contracts.v1.TwinState;
import io.pouchtwin.twin.alert.AlertWatch;
import io.pouchtwin.twin.alert.DesignFacts;
import io.pouchtwin.twin.alert.Occasion;
import io.pouchtwin.twin.alert.Rule;
import io.pouchtwin.twin.alert.Rules;
import io.pouchtwin.twin.alert.Trail;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * One kind of input: where it comes from, how it is read, what looks at it.
 *
 * @param name of the consumer group
 * @param input what is read
 * @param memory changelog of what is remembered
 * @param parser bytes to a record
 * @param occasion when and in what a record was made
 * @param parameterSet whose thresholds apply; empty for the general ones
 * @param rules what looks at it
 * @param track how a record moves the trail
 */
record AlertSource<R>(
        String name,
        Topic input,
        Topic memory,
        Parser<R> parser,
        Function<R, Occasion> occasion,
        Function<R, String> parameterSet,
        List<Rule<R>> rules,
        AlertWatch.Track<R> track) {

    /** Bytes to a record. */
    @FunctionalInterface
    interface Parser<R> {
        /** Parses. */
        R parse(byte[] bytes) throws InvalidProtocolBufferException;
    }

    static AlertSource<TwinState> states() {
        return new AlertSource<>(
                "alerts.state",
                Topic.TWIN_STATE,
                Topic.ALERT_WATCH_STATE,
                TwinState::parseFrom,
                AlertSource::of,
                TwinState::getParameterSet,
                Rules.ofStates(designs()),
                Trail::take);
    }

    static AlertSource<Forecast> forecasts() {
        return new AlertSource<>(
                "alerts.forecast",
                Topic.TWIN_FORECAST,
                Topic.ALERT_WATCH_FORECAST,
                Forecast::parseFrom,
                AlertSource::of,
                Forecast::getParameterSet,
                Rules.ofForecasts(),
                (trail, forecast) -> false);
    }

    static AlertSource<CellSilence> silences() {
        return new AlertSource<>(
                "alerts.silence",
                Topic.CELL_SILENCE,
                Topic.ALERT_WATCH_SILENCE,
                CellSilence::parseFrom,
                AlertSource::of,
                silence -> "",
                Rules.ofSilences(),
                (trail, silence) -> false);
    }

    private static Occasion of(TwinState state) {
        AlertMoment.Builder moment =
                AlertMoment.newBuilder().setSequence(state.getSequence()).setTestTimeS(state.getTestTimeS());
        if (state.hasUnixTimeS()) {
            moment.setUnixTimeS(state.getUnixTimeS());
        }
        return new Occasion(
                state.getCell(),
                state.getTestRun(),
                moment.build(),
                state.getStepCount(),
                state.getStepType(),
                state.getCycleCount());
    }

    private static Occasion of(Forecast forecast) {
        AlertMoment.Builder moment =
                AlertMoment.newBuilder().setSequence(forecast.getLastSequence()).setTestTimeS(forecast.getTestTimeS());
        if (forecast.hasUnixTimeS()) {
            moment.setUnixTimeS(forecast.getUnixTimeS());
        }
        return new Occasion(
                forecast.getCell(),
                forecast.getTestRun(),
                moment.build(),
                forecast.getStepCount(),
                StepType.STEP_TYPE_UNSPECIFIED,
                forecast.getCycleCount());
    }

    private static Occasion of(CellSilence silence) {
        return new Occasion(
                silence.getCell(),
                silence.getTestRun(),
                AlertMoment.newBuilder()
                        .setSequence(silence.getLastSequence())
                        .setTestTimeS(silence.getLastTestTimeS())
                        .setUnixTimeS(silence.getAtUnixS())
                        .build(),
                silence.getStepCount(),
                silence.getStepType(),
                silence.getCycleCount());
    }

    /** The shipped designs. */
    private static Function<String, Optional<DesignFacts>> designs() {
        Map<String, DesignFacts> known = new ConcurrentHashMap<>();
        return name -> ParameterLibrary.DESIGNS.contains(name)
                ? Optional.of(known.computeIfAbsent(name, AlertSource::facts))
                : Optional.empty();
    }

    private static DesignFacts facts(String design) {
        CellParameters parameters = ParameterLibrary.shipped().cell(design);
        CellParameters.Thermal thermal = parameters.thermal();
        double coolingS = thermal.model() == CellParameters.ThermalModel.ISOTHERMAL
                ? Double.POSITIVE_INFINITY
                : thermal.heatCapacityJPerK() / thermal.surfaceConductanceWPerK();
        return new DesignFacts(
                parameters.window().voltageMinV(), parameters.window().voltageMaxV(), coolingS);
    }
}
