package io.pouchtwin.twin.alert;

import io.pouchtwin.contracts.v1.Alert;
import io.pouchtwin.contracts.v1.AlertChange;
import io.pouchtwin.contracts.v1.AlertMoment;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** Fills the message. */
final class AlertMessage {
    /** The page shows so much before and after the moment [s]. */
    private static final double SHOWN_BEFORE_S = 1800;

    private static final double SHOWN_AFTER_S = 600;
    private static final int ID_BYTES = 8;

    private AlertMessage() {}

    static Alert.Builder raised(String rule, Occasion at, Place place, AlertMoment onset, Evidence evidence) {
        Alert.Builder alert = Alert.newBuilder()
                .setId(id(at.cell(), rule, at.testRun(), onset))
                .setRevision(1)
                .setChange(AlertChange.ALERT_CHANGE_RAISED)
                .setRule(rule)
                .setCell(at.cell())
                .setTester(place.tester())
                .setChannel(place.channel())
                .setTestRun(at.testRun())
                .setLink(link(at))
                .setOnset(onset)
                .setRaised(at.moment())
                .setUpdated(at.moment());
        place(alert, at);
        fill(alert, evidence);
        return alert;
    }

    static void place(Alert.Builder alert, Occasion at) {
        alert.setStepCount(at.stepCount()).setStepType(at.stepType()).setCycleCount(at.cycleCount());
    }

    static void fill(Alert.Builder alert, Evidence evidence) {
        alert.setTitle(evidence.title())
                .setQuantity(evidence.quantity())
                .setUnit(evidence.unit())
                .setThreshold(evidence.threshold())
                .setLikelyCause(evidence.cause())
                .setSuggestedAction(evidence.action())
                .clearValue()
                .clearValueLow()
                .clearValueHigh()
                .clearHorizonS()
                .clearHorizonCycles();
        if (Double.isFinite(evidence.value())) {
            alert.setValue(evidence.value());
        }
        if (Double.isFinite(evidence.low()) && Double.isFinite(evidence.high())) {
            alert.setValueLow(evidence.low()).setValueHigh(evidence.high());
        }
        if (Double.isFinite(evidence.horizonS())) {
            alert.setHorizonS(evidence.horizonS());
        }
        if (Double.isFinite(evidence.horizonCycles())) {
            alert.setHorizonCycles(evidence.horizonCycles());
        }
    }

    /** The same cell, rule and onset give the same id, after any restart. */
    static String id(String cell, String rule, String testRun, AlertMoment onset) {
        String name = String.join(
                "\n",
                cell,
                rule,
                testRun,
                Long.toUnsignedString(onset.getSequence()),
                Long.toHexString(Double.doubleToLongBits(onset.getTestTimeS())));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String link(Occasion at) {
        AlertMoment moment = at.moment();
        double seconds = moment.hasUnixTimeS() ? moment.getUnixTimeS() : moment.getTestTimeS();
        return String.format(
                Locale.ROOT,
                "/?cell=%s&from=%.3f&to=%.3f",
                URLEncoder.encode(at.cell(), StandardCharsets.UTF_8),
                seconds - SHOWN_BEFORE_S,
                seconds + SHOWN_AFTER_S);
    }
}
