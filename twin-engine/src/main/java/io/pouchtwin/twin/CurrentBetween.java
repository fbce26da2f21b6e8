package io.pouchtwin.twin;

import io.pouchtwin.contracts.v1.QualityFlag;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.twin.ensemble.Interval;

/**
 * The mean current between two samples. Testers log sparsely, so that the current between points is not the line
 * between them; where the tester counts charge, its counter says what really flowed.
 */
final class CurrentBetween {
    private static final double SECONDS_PER_HOUR = 3600;

    private CurrentBetween() {}

    /**
     * Interval from the sample before to this one.
     *
     * @param before what the twin remembers of the sample before
     * @param sample this sample
     * @param ambientK temperature around the cell [K]
     * @param largestCurrentA magnitude beyond which a mean current by the counter is not believed [A]
     */
    static Interval interval(LastSample before, Sample sample, double ambientK, double largestCurrentA) {
        double lengthS = sample.getTestTimeS() - before.testTimeS();
        double endCurrentA = sample.getCurrentA();
        if (lengthS <= 0) {
            return new Interval(0, endCurrentA, endCurrentA, ambientK, 0);
        }
        boolean sameStep = sample.getStepCount() == before.stepCount();
        boolean gap = has(sample, QualityFlag.QUALITY_FLAG_AFTER_GAP);
        if (before.hasNetCharge()
                && sample.hasNetChargeAh()
                && !has(sample, QualityFlag.QUALITY_FLAG_CHARGE_DISAGREES)) {
            double mean = (sample.getNetChargeAh() - before.netChargeAh()) * SECONDS_PER_HOUR / lengthS;
            if (Math.abs(mean) <= largestCurrentA) {
                return new Interval(lengthS, mean, endCurrentA, ambientK, 0);
            }
        }
        // A new step's first point lies inside the new step; the old step's last point was logged at its end.
        double mean = sameStep ? 0.5 * (before.currentA() + endCurrentA) : endCurrentA;
        double unseen = gap || has(sample, QualityFlag.QUALITY_FLAG_TIME_ESTIMATED) ? 1 : 0;
        return new Interval(lengthS, mean, endCurrentA, ambientK, unseen);
    }

    /** Whether the sample carries the flag. */
    static boolean has(Sample sample, QualityFlag flag) {
        return (sample.getQualityFlags() >> flag.getNumber() & 1) != 0;
    }
}
