package io.pouchtwin.twin.trust;

/**
 * When a twin counts as converged, diverged, recovered, or to be started again.
 *
 * @param cusumThreshold height of the cumulative sum that means divergence, see {@link ChiSquareCusum#threshold}
 * @param convergingPatience how many times that height is borne while the twin still finds its state [1]
 * @param meanSamples number of samples that the running mean of normalised squares looks back over [1]
 * @param meanCap largest normalised square that enters the running mean [1]
 * @param recoveredMean running mean below which innovations count as explained again [1]
 * @param convergedSocSigma standard deviation of the state of charge that counts as known [1]
 * @param convergedSamples number of samples in a row for which both must hold
 * @param restartSamples samples of divergence before a restart
 * @param restartTimeS tester time of divergence before a restart [s]
 * @param restartMean running mean above which a restart is worth it [1]
 */
public record TrustRules(
        double cusumThreshold,
        double convergingPatience,
        double meanSamples,
        double meanCap,
        double recoveredMean,
        double convergedSocSigma,
        int convergedSamples,
        int restartSamples,
        double restartTimeS,
        double restartMean) {

    /** Mean number of samples between false alarms of divergence in {@link #standard}: two weeks at 1 Hz. */
    public static final double SAMPLES_BETWEEN_FALSE_ALARMS = 1.2e6;

    private static final class Standard {
        static final TrustRules RULES = new TrustRules(
                ChiSquareCusum.threshold(SAMPLES_BETWEEN_FALSE_ALARMS), 4, 50, 100, 4, 0.03, 20, 120, 120, 16);
    }

    /** The rules that apply unless configured otherwise. */
    public static TrustRules standard() {
        return Standard.RULES;
    }
}
