package io.pouchtwin.api.json;

import io.pouchtwin.api.store.CellLine;
import io.pouchtwin.api.store.Contact;
import java.util.Locale;

/**
 * Whether a cell's numbers are of now, in a word and in a sentence.
 *
 * @param state stable word
 * @param words for a person
 * @param sampleAgeS seconds since the gateway received the newest sample; NaN where none came
 */
public record Liveness(State state, String words, double sampleAgeS) {

    /** What can be said of a cell's line to its tester. */
    public enum State {
        /** Samples come. */
        LIVE,
        /** The tester answers, and stores no new sample just now. */
        QUIET,
        /** Nothing was heard of the tester for too long. */
        STALE,
        /** The tester said that the test has ended. */
        ENDED,
        /** Nothing ever came. */
        NEVER;

        /** As the API writes it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Judges a cell at a moment (microseconds since 1970-01-01 UTC). */
    public static Liveness of(CellLine line, long nowUnixUs, double staleAfterS) {
        double sampleAgeS = ageS(line.lastSampleUnixUs(), nowUnixUs);
        double contactAgeS = ageS(line.lastContactUnixUs(), nowUnixUs);
        if (Double.isNaN(contactAgeS)) {
            return line.latest().isEmpty()
                    ? new Liveness(State.NEVER, "no sample yet", sampleAgeS)
                    : new Liveness(State.STALE, "stale: nobody said when its samples were received", sampleAgeS);
        }
        if (line.contact().map(Contact::runComplete).orElse(false)
                && line.contact().get().unixUs() >= line.lastSampleUnixUs()) {
            return new Liveness(State.ENDED, "test ended " + inWords(contactAgeS) + " ago", sampleAgeS);
        }
        if (contactAgeS > staleAfterS) {
            String words = "stale: nothing from its tester for " + inWords(contactAgeS);
            return new Liveness(State.STALE, words, sampleAgeS);
        }
        if (Double.isNaN(sampleAgeS)) {
            return new Liveness(State.NEVER, "its tester answers; no sample yet", sampleAgeS);
        }
        if (sampleAgeS > staleAfterS) {
            String words = "its tester answers; no new sample for " + inWords(sampleAgeS);
            return new Liveness(State.QUIET, words, sampleAgeS);
        }
        return new Liveness(State.LIVE, "live", sampleAgeS);
    }

    private static double ageS(long unixUs, long nowUnixUs) {
        // two machines' clocks differ a little: a sample from the future is of now
        return unixUs == 0 ? Double.NaN : Math.max(0, (nowUnixUs - unixUs) / 1e6);
    }

    /** A length of time as one would say it. */
    public static String inWords(double seconds) {
        if (seconds < 120) {
            return Math.round(seconds) + " s";
        }
        if (seconds < 7_200) {
            return Math.round(seconds / 60) + " min";
        }
        if (seconds < 172_800) {
            return Math.round(seconds / 3_600) + " h";
        }
        return Math.round(seconds / 86_400) + " days";
    }
}
