package io.pouchtwin.twin.trust;

/**
 * Whether a twin may be believed, from its normalised squared innovations and from how well it knows its state.
 *
 * <p>Converging until the state of charge is known to {@link TrustRules#convergedSocSigma} and innovations have been of
 * the size that the twin itself expects for {@link TrustRules#convergedSamples} samples. Diverged when the cumulative
 * sum of {@link ChiSquareCusum} passes the threshold that belongs to the chosen false-alarm rate; trusted again when the
 * running mean of the normalised squares has come back below {@link TrustRules#recoveredMean}. A twin that stays
 * diverged for {@link TrustRules#restartSamples} samples and {@link TrustRules#restartTimeS} of tester time with a mean
 * above {@link TrustRules#restartMean} is to be started again from its next sample; at once, if one of the readings after
 * its first contradicts the first, for then nothing has been learnt that could be lost.
 *
 * <p>Belongs to one twin and one thread.
 */
public final class TrustMonitor {
    /** What the twin says of itself. */
    public enum Verdict {
        /** Still finding the state of the cell. */
        CONVERGING(0),
        /** Innovations are what the twin's own uncertainty explains. */
        TRUSTED(1),
        /** They are not. */
        DIVERGED(2);

        private final int code;

        Verdict(int code) {
            this.code = code;
        }

        private static Verdict ofCode(double code) {
            return code == 0 ? CONVERGING : code == 1 ? TRUSTED : DIVERGED;
        }
    }

    /** Number of doubles in a saved monitor. */
    public static final int SAVED_LENGTH = 8;

    /** Readings after the first that may contradict it. */
    private static final int FIRST_READINGS = 3;

    /** Normalised square by which they do: once in two thousand by chance [1]. */
    private static final double CONTRADICTS = 12;

    private final TrustRules rules;
    private final double threshold;
    private double cumulativeSum;
    private double runningMean = 1;
    private double calmSamples;
    private double divergedSamples;
    private double divergedTimeS;
    private double readings;
    private double contradicted;
    private Verdict verdict = Verdict.CONVERGING;

    /** A monitor at its beginning. */
    public TrustMonitor(TrustRules rules) {
        this.rules = rules;
        this.threshold = rules.cusumThreshold();
    }

    /**
     * Takes one comparison.
     *
     * @param normalisedSquare innovation squared over its predicted variance [1]
     * @param socSigma standard deviation of the state of charge after the update [1]
     * @param lengthS tester time since the sample before [s]
     */
    public void take(double normalisedSquare, double socSigma, double lengthS) {
        double bounded = Math.min(normalisedSquare, rules.meanCap());
        runningMean += (bounded - runningMean) / rules.meanSamples();
        cumulativeSum = ChiSquareCusum.next(cumulativeSum, normalisedSquare);
        readings = Math.min(readings + 1, FIRST_READINGS + 1);
        contradicted = readings <= FIRST_READINGS && normalisedSquare > CONTRADICTS ? 1 : 0;
        switch (verdict) {
            case CONVERGING -> converge(socSigma);
            case TRUSTED -> {
                if (cumulativeSum > threshold) {
                    diverge();
                }
            }
            case DIVERGED -> {
                divergedSamples++;
                divergedTimeS += lengthS;
                if (runningMean < rules.recoveredMean()) {
                    verdict = Verdict.TRUSTED;
                    cumulativeSum = 0;
                }
            }
        }
    }

    private void converge(double socSigma) {
        boolean calm = runningMean < rules.recoveredMean() && socSigma < rules.convergedSocSigma();
        calmSamples = calm ? calmSamples + 1 : 0;
        if (calmSamples >= rules.convergedSamples()) {
            verdict = Verdict.TRUSTED;
            cumulativeSum = 0;
        } else if (cumulativeSum > rules.convergingPatience() * threshold) {
            diverge();
        }
    }

    private void diverge() {
        verdict = Verdict.DIVERGED;
        divergedSamples = 0;
        divergedTimeS = 0;
    }

    /** Whether the rule for starting again is met. */
    public boolean mustRestart() {
        boolean hopeless = verdict == Verdict.DIVERGED
                && divergedSamples >= rules.restartSamples()
                && divergedTimeS >= rules.restartTimeS()
                && runningMean > rules.restartMean();
        return hopeless || contradicted > 0;
    }

    /** Forgets everything: the twin begins again. */
    public void restart() {
        cumulativeSum = 0;
        runningMean = 1;
        calmSamples = 0;
        divergedSamples = 0;
        divergedTimeS = 0;
        readings = 0;
        contradicted = 0;
        verdict = Verdict.CONVERGING;
    }

    /** The present verdict. */
    public Verdict verdict() {
        return verdict;
    }

    /** Exponentially weighted mean of the normalised squares; about 1 while the uncertainty is right. */
    public double runningMean() {
        return runningMean;
    }

    /** Writes the monitor's state. */
    public void save(double[] target) {
        target[0] = cumulativeSum;
        target[1] = runningMean;
        target[2] = calmSamples;
        target[3] = divergedSamples;
        target[4] = divergedTimeS;
        target[5] = verdict.code;
        target[6] = readings;
        target[7] = contradicted;
    }

    /** Takes up what {@link #save} wrote. */
    public void restore(double[] source) {
        cumulativeSum = source[0];
        runningMean = source[1];
        calmSamples = source[2];
        divergedSamples = source[3];
        divergedTimeS = source[4];
        verdict = Verdict.ofCode(source[5]);
        readings = source[6];
        contradicted = source[7];
    }
}
