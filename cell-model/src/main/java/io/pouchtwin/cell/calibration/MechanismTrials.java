package io.pouchtwin.cell.calibration;

import java.util.List;
import java.util.Map;

/** What the fit loses when a mechanism is taken away: which of them the facts ask for. */
final class MechanismTrials {
    private static final int ITERATIONS = 6;
    private static final double NEXT_TO_NOTHING = 1e-9;

    /** Mechanisms taken away, one at a time: what is then held at which value. */
    static final Map<String, Map<CoinUnknown, Double>> TRIALS = Map.of(
            "no film growth", Map.of(CoinUnknown.FILM_GROWTH, NEXT_TO_NOTHING),
            "no cathode loss", Map.of(CoinUnknown.CATHODE_LOSS, NEXT_TO_NOTHING),
            "no settling of contacts", Map.of(CoinUnknown.SETTLING_SHARE, NEXT_TO_NOTHING),
            "film grows with throughput only",
                    Map.of(CoinUnknown.FILM_CHARGE_EXPONENT, 0.0, CoinUnknown.FILM_CURRENT_EXPONENT, 0.0),
            "cathode loss regardless of depth", Map.of(CoinUnknown.DEPTH_EXPONENT, NEXT_TO_NOTHING),
            "no spread of loading and contact between cells",
                    Map.of(
                            CoinUnknown.LOADING_1C, 1.0,
                            CoinUnknown.LOADING_5C, 1.0,
                            CoinUnknown.LOADING_10C, 1.0,
                            CoinUnknown.CONTACT_1C, 1.0,
                            CoinUnknown.CONTACT_5C, 1.0,
                            CoinUnknown.CONTACT_10C, 1.0),
            "film growth of PPL and PL by their Li||Cu losses alone", Map.of(CoinUnknown.LOSS_POWER, 1.0));

    private MechanismTrials() {}

    /** The best fit without a mechanism. */
    static MapEstimate without(CoinProblem coins, MapEstimate start, Map<CoinUnknown, Double> held) {
        Held problem = new Held(coins, held);
        double[] scores = start.scores().clone();
        for (CoinUnknown unknown : held.keySet()) {
            scores[List.of(CoinUnknown.values()).indexOf(unknown)] = 0;
        }
        return MapEstimate.find(problem, problem.data(), scores, ITERATIONS);
    }

    private record Held(Problem whole, Map<CoinUnknown, Double> held) implements Problem {
        @Override
        public String name() {
            return whole.name();
        }

        @Override
        public List<Unknown> unknowns() {
            return whole.unknowns();
        }

        @Override
        public List<Datum> data() {
            return whole.data();
        }

        @Override
        public double[] predict(double[] values) {
            double[] v = values.clone();
            List<CoinUnknown> order = List.of(CoinUnknown.values());
            held.forEach((unknown, value) -> v[order.indexOf(unknown)] = value);
            return whole.predict(v);
        }
    }
}
