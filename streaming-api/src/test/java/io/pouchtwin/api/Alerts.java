package io.pouchtwin.api;

import io.pouchtwin.contracts.v1.Alert;
import io.pouchtwin.contracts.v1.AlertAcknowledgement;
import io.pouchtwin.contracts.v1.AlertChange;
import io.pouchtwin.contracts.v1.AlertMoment;
import io.pouchtwin.contracts.v1.AlertStage;

/** Alerts by hand. */
final class Alerts {
    private Alerts() {}

    static Alert raised(String id, String cell) {
        return Alert.newBuilder()
                .setId(id)
                .setRevision(1)
                .setChange(AlertChange.ALERT_CHANGE_RAISED)
                .setStage(AlertStage.ALERT_STAGE_WARNING)
                .setRule("soft-short")
                .setTitle("One sign of a soft short")
                .setCell(cell)
                .setTestRun("run-1")
                .setValue(1.2)
                .setThreshold(1)
                .setOnset(AlertMoment.newBuilder().setSequence(7).setTestTimeS(70))
                .setRaised(AlertMoment.newBuilder().setSequence(8).setTestTimeS(80))
                .setUpdated(AlertMoment.newBuilder().setSequence(8).setTestTimeS(80))
                .build();
    }

    static Alert changed(Alert alert, AlertChange change, AlertStage stage) {
        return alert.toBuilder()
                .setRevision(alert.getRevision() + 1)
                .setChange(change)
                .setStage(stage)
                .build();
    }

    static AlertAcknowledgement acknowledged(String id) {
        return AlertAcknowledgement.newBuilder()
                .setAlertId(id)
                .setOperator("anna")
                .setUnixTimeS(1.7e9)
                .build();
    }
}
