package io.pouchtwin.twin;

import io.pouchtwin.contracts.v1.QualityFlag;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.contracts.v1.StepType;
import io.pouchtwin.twin.ensemble.Interval;

/**
 * The mean current between two samples. Testers log sparsely, so that the current between points is not the line
 * between them; where the tester counts charge, its counter says what really flowed.
 */
final class CurrentBetween {
    private static final double SECONDS_PER_HOUR = 3600;

    /** Smaller currents at rest are what a meter shows of nothing [1]. */
    private static final double METER_NOISE_C_RATE = 0.01;

    private CurrentBetween() {}

    /**
     * Interval from the sample before to this one.
     *
     * @param before what the twin remembers of the sample before
     * @param sample this sample
     * @param ambientK temperature around the cell [K]
     * @param oneCAmpere current of 1 C [A]
     */
    static Interval interval(LastSample before, Sample sample, double ambientK, double oneCAmpere) {
        double lengthS = sample.getTestTimeS() - before.testTimeS();
        double endCurrentA = flowing(sample, oneCAmpere);
        if (lengthS <= 0) {
            return new Interval(0, endCurrentA, endCurrentA, ambientK, 0);
        }
        boolean sameStep = sample.getStepCount() == before.stepCount();
        if (sameStep && isRest(sample, oneCAmpere) && before.currentA() == 0) {
            return new Interval(lengthS, 0, 0, ambientK, 0);
        }
        boolean gap = has(sample, QualityFlag.QUALITY_FLAG_AFTER_GAP);
        if (before.hasNetCharge()
                && sample.hasNetChargeAh()
                && !has(sample, QualityFlag.QUALITY_FLAG_CHARGE_DISAGREES)) {
            double mean = (sample.getNetChargeAh() - before.netChargeAh()) * SECONDS_PER_HOUR / lengthS;
            if (Math.abs(mean) <= SampleCheck.LARGEST_C_RATE * oneCAmpere) {
                return new Interval(lengthS, mean, endCurrentA, ambientK, 0);
            }
        }
        // A new step's first point lies inside the new step; the old step's last point was logged at its end.
        double mean = sameStep ? 0.5 * (before.currentA() + endCurrentA) : endCurrentA;
        double unseen = gap || has(sample, QualityFlag.QUALITY_FLAG_TIME_ESTIMATED) ? 1 : 0;
        return new Interval(lengthS, mean, endCurrentA, ambientK, unseen);
    }

    /**
     * The current [A] at a sample: at rest the tester's relay is open, and what its meter shows is the meter's noise. A
     * step that is called a rest while a current flows is none.
     */
    static double flowing(Sample sample, double oneCAmpere) {
        return isRest(sample, oneCAmpere) ? 0 : sample.getCurrentA();
    }

    private static boolean isRest(Sample sample, double oneCAmpere) {
        return sample.getStepType() == StepType.STEP_TYPE_REST
                && Math.abs(sample.getCurrentA()) < METER_NOISE_C_RATE * oneCAmpere;
    }

    /** Whether the sample carries the flag. */
    static boolean has(Sample sample, QualityFlag flag) {
        return (sample.getQualityFlags() >> flag.getNumber() & 1) != 0;
    }
}
