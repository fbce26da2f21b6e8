package io.pouchtwin.twin.alert;

import io.pouchtwin.contracts.v1.Alert;
import io.pouchtwin.contracts.v1.AlertChange;
import io.pouchtwin.contracts.v1.StopRequest;
import io.pouchtwin.contracts.v1.TwinState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a watch has told, and a watch to tell it. */
final class Told implements AlertSink {
    static final Place CHANNEL = new Place("rack-1", "27-1-1-1");

    final List<Alert> alerts = new ArrayList<>();
    final List<StopRequest> stops = new ArrayList<>();

    static AlertWatch<TwinState> watch(StopPolicy policy) {
        return new AlertWatch<>(
                Rules.ofStates(design -> Optional.of(new DesignFacts(2.8, 4.3, Double.POSITIVE_INFINITY))),
                Trail::take,
                policy);
    }

    void feed(AlertWatch<TwinState> watch, TwinState state) {
        watch.take(state, States.at(state), CHANNEL, AlertThresholds.standard(), this);
    }

    List<Alert> of(String rule) {
        return alerts.stream().filter(alert -> alert.getRule().equals(rule)).toList();
    }

    /** Changes of a rule's alerts but the news, which come once a cycle. */
    List<AlertChange> changes(String rule) {
        return of(rule).stream()
                .map(Alert::getChange)
                .filter(change -> change != AlertChange.ALERT_CHANGE_UPDATED)
                .toList();
    }

    @Override
    public void alert(Alert alert) {
        alerts.add(alert);
    }

    @Override
    public void stop(StopRequest request) {
        stops.add(request);
    }
}
