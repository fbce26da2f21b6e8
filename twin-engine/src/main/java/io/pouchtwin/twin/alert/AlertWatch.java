package io.pouchtwin.twin.alert;

import io.pouchtwin.contracts.v1.Alert;
import io.pouchtwin.contracts.v1.AlertChange;
import io.pouchtwin.contracts.v1.AlertStage;
import io.pouchtwin.contracts.v1.AlertWatchState;
import io.pouchtwin.contracts.v1.RuleMemory;
import io.pouchtwin.contracts.v1.StopRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Watches one cell by some rules: an alert is raised once when its condition has held long enough, may become critical,
 * brings news once a cycle, and clears when the condition is gone long enough. What is remembered changes only with the
 * cell's fortune, so that a healthy cell at rest costs nothing to keep. Belongs to one thread.
 *
 * @param <R> the records that the rules look at
 */
public final class AlertWatch<R> {
    private static final int VERSION = 1;

    /** Brings the trail up to a record; true where what is kept of it has changed. */
    @FunctionalInterface
    public interface Track<R> {
        /** Takes one record. */
        boolean take(Trail trail, R record);
    }

    private final List<Rule<R>> rules;
    private final Track<R> track;
    private final StopPolicy stops;
    private final Trail trail = new Trail();
    private final List<RuleMemory.Builder> memories = new ArrayList<>();
    private String testRun = "";
    private boolean changed;

    /**
     * A watch that remembers nothing.
     *
     * @param rules what it looks for
     * @param track how a record moves the trail
     * @param stops whether critical shorts ask for a protective stop
     */
    public AlertWatch(List<Rule<R>> rules, Track<R> track, StopPolicy stops) {
        this.rules = List.copyOf(rules);
        this.track = track;
        this.stops = stops;
        for (Rule<R> rule : this.rules) {
            memories.add(RuleMemory.newBuilder().setRule(rule.code()));
        }
    }

    /** Takes one record of the cell. */
    public void take(R record, Occasion at, Place place, AlertThresholds thresholds, AlertSink sink) {
        if (!at.testRun().equals(testRun)) {
            beginRun(at, sink);
        }
        changed |= track.take(trail, record);
        for (int i = 0; i < memories.size(); i++) {
            Rule<R> rule = rules.get(i);
            RuleMemory.Builder memory = memories.get(i);
            double heldS =
                    memory.hasOnset() ? at.testTimeS() - memory.getOnset().getTestTimeS() : 0;
            Judgement judgement = rule.judge(record, new CellMemory(trail, heldS), thresholds);
            if (!judgement.known()) {
                forgetWaiting(memory);
                continue;
            }
            if (memory.hasOpen()) {
                follow(rule, memory, judgement, at, sink);
            } else {
                begin(rule, memory, judgement, at, place, sink);
            }
        }
    }

    /** Another test: what was wrong in the last one is over. */
    private void beginRun(Occasion at, AlertSink sink) {
        for (RuleMemory.Builder memory : memories) {
            if (memory.hasOpen()) {
                clear(memory, at, sink);
            }
            changed |= memory.hasOnset();
            memory.clearOnset();
        }
        changed |= trail.beginRun();
        testRun = at.testRun();
    }

    /** Time of which nothing is known has neither held a suspicion nor been calm: what waits for its time begins anew. */
    private void forgetWaiting(RuleMemory.Builder memory) {
        changed |= memory.hasCalmSince() || memory.hasCriticalSince() || (memory.hasOnset() && !memory.hasOpen());
        memory.clearCalmSince();
        memory.clearCriticalSince();
        if (!memory.hasOpen()) {
            memory.clearOnset();
        }
    }

    private void begin(
            Rule<R> rule, RuleMemory.Builder memory, Judgement judgement, Occasion at, Place place, AlertSink sink) {
        if (judgement.raise() == AlertLevel.NONE) {
            changed |= memory.hasOnset();
            memory.clearOnset();
            return;
        }
        if (!memory.hasOnset()) {
            memory.setOnset(at.moment());
            changed = true;
        }
        Evidence evidence = judgement.evidence();
        if (evidence != null && at.testTimeS() - memory.getOnset().getTestTimeS() >= rule.raiseAfterS()) {
            Alert.Builder alert = AlertMessage.raised(rule.code(), at, place, memory.getOnset(), evidence)
                    .setStage(stage(judgement.raise()));
            if (judgement.raise() == AlertLevel.CRITICAL) {
                alert.setCritical(at.moment());
            }
            tell(memory, alert, sink);
        }
    }

    private void follow(Rule<R> rule, RuleMemory.Builder memory, Judgement judgement, Occasion at, AlertSink sink) {
        Evidence evidence = judgement.evidence();
        if (judgement.hold() == AlertLevel.NONE || evidence == null) {
            if (!memory.hasCalmSince()) {
                memory.setCalmSince(at.moment());
                changed = true;
            }
            if (at.testTimeS() - memory.getCalmSince().getTestTimeS() >= rule.clearAfterS()) {
                clear(memory, at, sink);
            }
            return;
        }
        changed |= memory.hasCalmSince();
        memory.clearCalmSince();
        boolean critical = memory.getOpen().getStage() == AlertStage.ALERT_STAGE_CRITICAL;
        if (!critical && judgement.raise() == AlertLevel.CRITICAL) {
            worsen(rule, memory, evidence, at, sink);
            return;
        }
        changed |= memory.hasCriticalSince();
        memory.clearCriticalSince();
        if (critical && judgement.raise() == AlertLevel.CRITICAL) {
            askToStop(rule, memory, at, sink);
        }
        boolean newCycle = at.cycleCount() != memory.getOpen().getCycleCount();
        if (newCycle && (!critical || judgement.raise() == AlertLevel.CRITICAL)) {
            tell(memory, news(memory, AlertChange.ALERT_CHANGE_UPDATED, evidence, at), sink);
        }
    }

    private void worsen(Rule<R> rule, RuleMemory.Builder memory, Evidence evidence, Occasion at, AlertSink sink) {
        if (!memory.hasCriticalSince()) {
            memory.setCriticalSince(at.moment());
            changed = true;
        }
        if (at.testTimeS() - memory.getCriticalSince().getTestTimeS() >= rule.raiseAfterS()) {
            memory.clearCriticalSince();
            tell(
                    memory,
                    news(memory, AlertChange.ALERT_CHANGE_ESCALATED, evidence, at)
                            .setStage(AlertStage.ALERT_STAGE_CRITICAL)
                            .setCritical(at.moment()),
                    sink);
        }
    }

    /** The second time that a critical judgement is met, long enough after the first. Once for each alert. */
    private void askToStop(Rule<R> rule, RuleMemory.Builder memory, Occasion at, AlertSink sink) {
        Alert open = memory.getOpen();
        if (!stops.enabled()
                || !rule.mayStop()
                || memory.getStopRequested()
                || open.getChannel().isEmpty()
                || at.testTimeS() - open.getCritical().getTestTimeS() < stops.confirmAfterS()) {
            return;
        }
        memory.setStopRequested(true);
        changed = true;
        sink.stop(StopRequest.newBuilder()
                .setId(open.getId())
                .setCell(open.getCell())
                .setTester(open.getTester())
                .setChannel(open.getChannel())
                .setTestRun(open.getTestRun())
                .setReason(open.getRule() + ": " + open.getTitle())
                .setMoment(at.moment())
                .build());
    }

    private static Alert.Builder news(RuleMemory.Builder memory, AlertChange change, Evidence evidence, Occasion at) {
        Alert.Builder alert = memory.getOpen().toBuilder();
        AlertMessage.fill(alert, evidence);
        AlertMessage.place(alert, at);
        return alert.setRevision(alert.getRevision() + 1).setChange(change).setUpdated(at.moment());
    }

    private void clear(RuleMemory.Builder memory, Occasion at, AlertSink sink) {
        Alert.Builder alert = memory.getOpen().toBuilder();
        sink.alert(alert.setRevision(alert.getRevision() + 1)
                .setChange(AlertChange.ALERT_CHANGE_CLEARED)
                .setUpdated(at.moment())
                .setCleared(at.moment())
                .build());
        String rule = memory.getRule();
        memory.clear().setRule(rule);
        changed = true;
    }

    private void tell(RuleMemory.Builder memory, Alert.Builder alert, AlertSink sink) {
        Alert told = alert.build();
        memory.setOpen(told);
        changed = true;
        sink.alert(told);
    }

    private static AlertStage stage(AlertLevel level) {
        return level == AlertLevel.CRITICAL ? AlertStage.ALERT_STAGE_CRITICAL : AlertStage.ALERT_STAGE_WARNING;
    }

    /** Whether what is remembered has changed since this was last asked. */
    public boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    /** What has to be kept; nothing where nothing is remembered. */
    public Optional<AlertWatchState> save() {
        AlertWatchState.Builder state =
                AlertWatchState.newBuilder().setVersion(VERSION).setTestRun(testRun);
        trail.save(state);
        boolean any = state.getTrailCount() > 0 || state.getHeldCycle() > 0;
        for (RuleMemory.Builder memory : memories) {
            if (memory.hasOnset() || memory.hasOpen()) {
                state.addRule(memory.build());
                any = true;
            }
        }
        return any ? Optional.of(state.build()) : Optional.empty();
    }

    /** Takes up what {@link #save} gave. Rules that no longer exist are forgotten with their alerts. */
    public void restore(AlertWatchState state) {
        testRun = state.getTestRun();
        trail.restore(state);
        for (RuleMemory saved : state.getRuleList()) {
            for (RuleMemory.Builder memory : memories) {
                if (memory.getRule().equals(saved.getRule())) {
                    memory.clear().mergeFrom(saved);
                }
            }
        }
        changed = false;
    }
}
