package io.pouchtwin.twin.alert;

/**
 * When to tell. One set for all designs, and one for each design that differs.
 *
 * @param softShort a short that is happening
 * @param shortAhead a short to come
 * @param life the end of the cell's life
 * @param temperature heat to come
 * @param voltage limits of the tester
 * @param trust a twin that no longer explains its cell
 * @param silence a cell that is not heard
 */
public record AlertThresholds(
        SoftShortThresholds softShort,
        ShortAheadThresholds shortAhead,
        LifeThresholds life,
        TemperatureThresholds temperature,
        VoltageThresholds voltage,
        TrustThresholds trust,
        SilenceThresholds silence) {

    /** Soft short; levels are evidence over what calls a sign, see package softshort. */
    public record SoftShortThresholds(double warningLevel, double holdLevel) {
        /**
         * Checks both values.
         *
         * @param warningLevel evidence of either sign at which to warn [1]; both signs at 1 call the short, which is critical
         * @param holdLevel evidence below which a warning clears [1]
         */
        public SoftShortThresholds {
            between("warningLevel", warningLevel, 0.2, 5);
            between("holdLevel", holdLevel, 0, warningLevel);
        }
    }

    /** Short probability within a horizon; an index while the fit rests on the paper's few shorts. */
    public record ShortAheadThresholds(double horizonCycles, double warningProbability, double criticalProbability) {
        /**
         * Checks every value.
         *
         * @param horizonCycles how far ahead [cycles]
         * @param warningProbability lower end of the probability's 90 % interval at which to warn [1]
         * @param criticalProbability likewise, critical [1]
         */
        public ShortAheadThresholds {
            between("horizonCycles", horizonCycles, 1, 5000);
            between("warningProbability", warningProbability, 1e-6, 1);
            between("criticalProbability", criticalProbability, warningProbability, 1);
        }
    }

    /** Life ahead. */
    public record LifeThresholds(
            double plannedCycles,
            double exhaustionProbability,
            double exhaustionNearProbability,
            double exhaustionCriticalCycles,
            double kneeHorizonCycles,
            double endOfLifeWarningCycles,
            double endOfLifeCriticalCycles) {
        /**
         * Checks every value.
         *
         * @param plannedCycles cycle at which the test is planned to end
         * @param exhaustionProbability probability that lithium is exhausted before the planned end at which to warn [1]
         * @param exhaustionNearProbability probability of exhaustion within the next few cycles at which to warn as well: lithium shows only when it ends, so this is a first suspicion [1]
         * @param exhaustionCriticalCycles median cycles to exhaustion at which it is critical
         * @param kneeHorizonCycles median cycles to a knee at which to warn
         * @param endOfLifeWarningCycles median cycles to 80 % of the capacity at which to warn
         * @param endOfLifeCriticalCycles likewise, critical
         */
        public LifeThresholds {
            between("plannedCycles", plannedCycles, 1, 1e6);
            between("exhaustionProbability", exhaustionProbability, 0.01, 1);
            between("exhaustionNearProbability", exhaustionNearProbability, 0.01, 1);
            between("exhaustionCriticalCycles", exhaustionCriticalCycles, 0, 1e5);
            between("kneeHorizonCycles", kneeHorizonCycles, 1, 5000);
            between("endOfLifeWarningCycles", endOfLifeWarningCycles, 0, 1e5);
            between("endOfLifeCriticalCycles", endOfLifeCriticalCycles, 0, endOfLifeWarningCycles);
        }

        LifeThresholds forTest(double cycles, double warnFrom) {
            return new LifeThresholds(
                    cycles,
                    exhaustionProbability,
                    exhaustionNearProbability,
                    exhaustionCriticalCycles,
                    kneeHorizonCycles,
                    warnFrom,
                    endOfLifeCriticalCycles);
        }
    }

    /** Temperature ahead. */
    public record TemperatureThresholds(
            double warningDegc, double criticalDegc, double hysteresisKelvin, double horizonS) {
        /**
         * Checks every value.
         *
         * @param warningDegc temperature at the horizon at which to warn [degC]
         * @param criticalDegc likewise, critical [degC]
         * @param hysteresisKelvin how far below it has to come to clear [K]
         * @param horizonS how far ahead; no further than the present charge or discharge lasts [s]
         */
        public TemperatureThresholds {
            between("warningDegc", warningDegc, -40, 200);
            between("criticalDegc", criticalDegc, warningDegc, 200);
            between("hysteresisKelvin", hysteresisKelvin, 0, 50);
            between("horizonS", horizonS, 0, 3600);
        }
    }

    /** Voltage beyond what the programme ends its steps at. */
    public record VoltageThresholds(double toleranceVolt, double marginVolt, double horizonS) {
        /**
         * Checks every value.
         *
         * @param toleranceVolt how far outside the design's window a reading may lie and still be an overshoot [V]
         * @param marginVolt how far outside the window the tester's own protection is taken to act [V]
         * @param horizonS how far ahead [s]
         */
        public VoltageThresholds {
            between("toleranceVolt", toleranceVolt, 0, 1);
            between("marginVolt", marginVolt, toleranceVolt, 2);
            between("horizonS", horizonS, 0, 3600);
        }
    }

    /** Trust. */
    public record TrustThresholds(double criticalAfterS) {
        /**
         * Checks the value.
         *
         * @param criticalAfterS test time after which a diverged twin is critical [s]
         */
        public TrustThresholds {
            between("criticalAfterS", criticalAfterS, 0, 1e7);
        }
    }

    /** Silence, in wall time. */
    public record SilenceThresholds(double warningS, double criticalS) {
        /**
         * Checks both values.
         *
         * @param warningS wall time without a word from the tester at which to warn [s]
         * @param criticalS likewise, critical [s]
         */
        public SilenceThresholds {
            between("warningS", warningS, 5, 1e6);
            between("criticalS", criticalS, warningS, 1e6);
        }
    }

    /** What holds where nothing is configured; each is explained in docs/alerts.md. */
    public static AlertThresholds standard() {
        return new AlertThresholds(
                new SoftShortThresholds(1, 0.5),
                new ShortAheadThresholds(50, 0.1, 0.5),
                new LifeThresholds(1000, 0.5, 0.05, 50, 50, 50, 10),
                new TemperatureThresholds(45, 60, 3, 300),
                new VoltageThresholds(0.02, 0.05, 60),
                new TrustThresholds(3600),
                new SilenceThresholds(60, 600));
    }

    /** The same for a test that is planned to end at another cycle, and that is warned of the end of life from another number of cycles on. */
    public AlertThresholds forTest(double plannedCycles, double endOfLifeWarningCycles) {
        return new AlertThresholds(
                softShort,
                shortAhead,
                life.forTest(plannedCycles, endOfLifeWarningCycles),
                temperature,
                voltage,
                trust,
                silence);
    }

    private static void between(String key, double value, double least, double most) {
        // written so that NaN fails too
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(key + " is " + value + ", expected " + least + " to " + most);
        }
    }
}
