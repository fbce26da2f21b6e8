package io.pouchtwin.ingest.segment;

import io.pouchtwin.contracts.v1.StepType;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A kind of step, by the testers' words for it.
 *
 * @param type what it is
 * @param direction which way it moves charge
 */
record StepKind(StepType type, Direction direction) {
    static final StepKind REST = new StepKind(StepType.STEP_TYPE_REST, Direction.NONE);
    static final StepKind CC_CHARGE = new StepKind(StepType.STEP_TYPE_CC_CHARGE, Direction.CHARGE);
    static final StepKind CC_DISCHARGE = new StepKind(StepType.STEP_TYPE_CC_DISCHARGE, Direction.DISCHARGE);
    static final StepKind CV_CHARGE = new StepKind(StepType.STEP_TYPE_CV_CHARGE, Direction.CHARGE);
    static final StepKind CV_DISCHARGE = new StepKind(StepType.STEP_TYPE_CV_DISCHARGE, Direction.DISCHARGE);
    static final StepKind CCCV_CHARGE = new StepKind(StepType.STEP_TYPE_CCCV_CHARGE, Direction.CHARGE);
    static final StepKind CCCV_DISCHARGE = new StepKind(StepType.STEP_TYPE_CCCV_DISCHARGE, Direction.DISCHARGE);
    static final StepKind UNKNOWN = new StepKind(StepType.STEP_TYPE_UNSPECIFIED, Direction.BY_CURRENT);

    private static final Map<String, StepKind> BY_WORD = words();

    /** The kind of a word, or null where nobody is known to say it. Case and punctuation do not matter. */
    static @Nullable StepKind of(String word) {
        return BY_WORD.get(normal(word));
    }

    private static String normal(String word) {
        StringBuilder letters = new StringBuilder(word.length());
        for (char c : word.toLowerCase(Locale.ROOT).toCharArray()) {
            if (c >= 'a' && c <= 'z') {
                letters.append(c);
            }
        }
        return letters.toString();
    }

    private static Map<String, StepKind> words() {
        Map<String, StepKind> words = new HashMap<>();
        // Neware BTS
        words.put("cc", CC_CHARGE);
        words.put("dc", CC_DISCHARGE);
        words.put("cv", CV_CHARGE);
        words.put("dv", CV_DISCHARGE);
        words.put("cccv", CCCV_CHARGE);
        words.put("pcccv", CCCV_CHARGE);
        words.put("cccd", CCCV_DISCHARGE);
        words.put("cp", new StepKind(StepType.STEP_TYPE_CONSTANT_POWER, Direction.CHARGE));
        words.put("dp", new StepKind(StepType.STEP_TYPE_CONSTANT_POWER, Direction.DISCHARGE));
        words.put("cr", new StepKind(StepType.STEP_TYPE_CONSTANT_RESISTANCE, Direction.CHARGE));
        words.put("dr", new StepKind(StepType.STEP_TYPE_CONSTANT_RESISTANCE, Direction.DISCHARGE));
        words.put("rest", REST);
        words.put("pause", new StepKind(StepType.STEP_TYPE_PAUSE, Direction.NONE));
        words.put("sim", new StepKind(StepType.STEP_TYPE_PROFILE, Direction.BY_CURRENT));
        words.put("control", new StepKind(StepType.STEP_TYPE_CONTROL, Direction.BY_CURRENT));
        words.put("pulse", new StepKind(StepType.STEP_TYPE_PULSE, Direction.BY_CURRENT));
        words.put("end", new StepKind(StepType.STEP_TYPE_END, Direction.NONE));
        // Neware's exports and other testers
        words.put("ccchg", CC_CHARGE);
        words.put("ccdchg", CC_DISCHARGE);
        words.put("cvchg", CV_CHARGE);
        words.put("cvdchg", CV_DISCHARGE);
        words.put("cccvchg", CCCV_CHARGE);
        words.put("cccvdchg", CCCV_DISCHARGE);
        words.put("ocv", REST);
        words.put("idle", REST);
        return words;
    }
}
