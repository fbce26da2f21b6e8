package io.pouchtwin.twin.alert;

/**
 * Whether critical shorts ask for a protective stop.
 *
 * @param enabled off unless configured
 * @param confirmAfterS test time after which a critical judgement has to be met a second time before a stop is asked for [s]
 */
public record StopPolicy(boolean enabled, double confirmAfterS) {
    /** Off. */
    public static final StopPolicy OFF = new StopPolicy(false, 60);

    /** Checks the range. */
    public StopPolicy {
        if (!(confirmAfterS >= 1 && confirmAfterS <= 86_400)) {
            throw new IllegalArgumentException("confirmAfterS is " + confirmAfterS + ", expected 1 to 86400 seconds");
        }
    }
}
