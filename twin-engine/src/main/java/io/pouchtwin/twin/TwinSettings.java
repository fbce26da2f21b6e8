package io.pouchtwin.twin;

import io.pouchtwin.twin.trust.TrustRules;

/**
 * What a twin is run with besides its parameter set.
 *
 * @param tester what the readings are worth
 * @param trust when the twin may be believed
 * @param innovationLimitSigmas innovations beyond so many standard deviations count as if they were at that limit [1]
 * @param knownSocSigma standard deviation of the state of charge below which the slow quantities are learnt [1]
 */
public record TwinSettings(
        TesterAccuracy tester, TrustRules trust, double innovationLimitSigmas, double knownSocSigma) {
    /** Checks the range. */
    public TwinSettings {
        if (!(innovationLimitSigmas >= 1)) {
            throw new IllegalArgumentException(
                    "innovationLimitSigmas: " + innovationLimitSigmas + ", expected 1 or more");
        }
    }

    /** The settings that apply unless configured otherwise. */
    public static TwinSettings standard() {
        return new TwinSettings(TesterAccuracy.standard(), TrustRules.standard(), 4, 0.02);
    }

    /** The same with another tester. */
    public TwinSettings withTester(TesterAccuracy other) {
        return new TwinSettings(other, trust, innovationLimitSigmas, knownSocSigma);
    }
}
