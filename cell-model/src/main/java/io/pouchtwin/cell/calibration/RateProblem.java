package io.pouchtwin.cell.calibration;

import java.util.ArrayList;
import java.util.List;

/** The six-rate table alone, for the check whether a known truth is found again. */
final class RateProblem implements Problem {
    private static final List<CoinUnknown> SEEN = List.of(CoinUnknown.values())
            .subList(0, List.of(CoinUnknown.values()).indexOf(CoinUnknown.MEMBRANE) + 1);

    private final CoinProblem coins;
    private final List<Datum> data;

    RateProblem(CoinProblem coins, List<Datum> data) {
        this.coins = coins;
        this.data = List.copyOf(data);
    }

    @Override
    public String name() {
        return "rates";
    }

    @Override
    public List<Unknown> unknowns() {
        return SEEN.stream().map(CoinUnknown::unknown).toList();
    }

    @Override
    public List<Datum> data() {
        return data;
    }

    @Override
    public double[] predict(double[] values) {
        double[] all = complete(values);
        double[] p = new double[CoinProblem.RATES.length];
        for (int k = 0; k < p.length; k++) {
            p[k] = coins.rateCapacity(all, CoinProblem.RATES[k]);
        }
        return p;
    }

    /** These values and the prior's middle for the unknowns that a rate table does not see. */
    double[] complete(double[] values) {
        double[] all = new double[CoinUnknown.values().length];
        for (int k = 0; k < all.length; k++) {
            all[k] = k < values.length ? values[k] : coins.unknowns().get(k).middle();
        }
        return all;
    }

    /** The same problem with other data. */
    RateProblem withCapacities(double[] capacities) {
        List<Datum> other = new ArrayList<>();
        for (int k = 0; k < capacities.length; k++) {
            other.add(data.get(k).withValue(capacities[k]));
        }
        return new RateProblem(coins, other);
    }
}
