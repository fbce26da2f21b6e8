package io.pouchtwin.twin;

import io.pouchtwin.twin.trust.TrustRules;

/**
 * What a twin is run with besides its parameter set.
 *
 * @param tester what the readings are worth
 * @param trust when the twin may be believed
 * @param innovationLimitSigmas innovations beyond so many standard deviations count as if they were at that limit [1]
 * @param caution how many times the members' variance counts as noise where they are far apart [1]
 * @param linearRangeV spread of the predicted voltage beyond which they are [V]
 */
public record TwinSettings(
        TesterAccuracy tester, TrustRules trust, double innovationLimitSigmas, double caution, double linearRangeV) {
    /** Checks the range. */
    public TwinSettings {
        if (!(innovationLimitSigmas >= 1)) {
            throw new IllegalArgumentException(
                    "innovationLimitSigmas: " + innovationLimitSigmas + ", expected 1 or more");
        }
        if (!(caution >= 0 && linearRangeV > 0)) {
            throw new IllegalArgumentException(
                    "caution: " + caution + ", linearRangeV: " + linearRangeV + ", expected 0 or more, and above 0");
        }
    }

    /** The settings that apply unless configured otherwise. */
    public static TwinSettings standard() {
        return new TwinSettings(TesterAccuracy.standard(), TrustRules.standard(), 4, 4, 2e-3);
    }

    /** The same with another tester. */
    public TwinSettings withTester(TesterAccuracy other) {
        return new TwinSettings(other, trust, innovationLimitSigmas, caution, linearRangeV);
    }
}
