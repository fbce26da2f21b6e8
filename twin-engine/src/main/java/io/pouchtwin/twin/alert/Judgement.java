package io.pouchtwin.twin.alert;

import org.jspecify.annotations.Nullable;

/**
 * What a rule makes of one record. Two levels, so that an alert that is open needs less to stay open than it needed to be
 * raised.
 *
 * @param raise the level that it is worth telling at
 * @param hold the level at which an open alert stays open; at least {@code raise}
 * @param evidence what it rests on; absent where both levels are NONE
 * @param known whether anything can be said; if not, an open alert stays as it is and none is raised
 */
public record Judgement(
        AlertLevel raise, AlertLevel hold, @Nullable Evidence evidence, boolean known) {
    /** Nothing to tell; the usual case, without an allocation. */
    static final Judgement CALM = new Judgement(AlertLevel.NONE, AlertLevel.NONE, null);

    /** Nothing can be said of it just now. */
    static final Judgement UNKNOWN = new Judgement(AlertLevel.NONE, AlertLevel.NONE, null, false);

    /** Checks that the levels fit together. */
    public Judgement {
        if (!hold.atLeast(raise) || (hold != AlertLevel.NONE && evidence == null)) {
            throw new IllegalArgumentException("raise " + raise + ", hold " + hold + ", evidence " + evidence);
        }
    }

    /** What is known. */
    public Judgement(AlertLevel raise, AlertLevel hold, @Nullable Evidence evidence) {
        this(raise, hold, evidence, true);
    }

    /** The same level for both. */
    static Judgement of(AlertLevel level, Evidence evidence) {
        return new Judgement(level, level, evidence);
    }
}
