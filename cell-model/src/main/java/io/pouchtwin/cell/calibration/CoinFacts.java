package io.pouchtwin.cell.calibration;

import io.pouchtwin.cell.calibration.Datum.Relation;
import io.pouchtwin.cell.parameters.PaperFacts;
import java.util.ArrayList;
import java.util.List;

/** The facts about coin and symmetric cells as data, in the order in which {@link CoinProblem} predicts them. */
final class CoinFacts {
    /** Reading of a printed capacity and what the model cannot do [mAh/g]. */
    static final double CAPACITY_SIGMA = 0.7;

    static final double RETENTION_SIGMA = 0.3;
    /** Lives of nominally equal cells differ by such factors. */
    static final double LIFE_SIGMA_OF_LOG = 0.15;

    private CoinFacts() {}

    static List<Datum> data(PaperFacts facts) {
        List<Datum> data = new ArrayList<>();
        for (String rate : new String[] {"0.2", "0.5", "1", "2", "5", "10"}) {
            data.add(capacity("rate_" + rate + "C", "rate.PPLA." + rate, number(facts, "rate.PPLA." + rate)));
        }
        data.add(new Datum("load_15mg", "load15.PPLA", "mAh/g", Relation.EQUAL, number(facts, "load15.PPLA"), 2.0));
        // ends at 90.3 and 72.4 mAh/g (conditions of the two facts), over the printed retentions
        data.add(capacity("start_5C", "ret.PPLA.5C", 117.1));
        data.add(capacity("start_10C", "ret.PPLA.10C", 81.2));
        data.add(retention("ppla_1C_500", "ret.PPLA.1C", facts));
        data.add(retention("ppla_5C_1000", "ret.PPLA.5C", facts));
        data.add(retention("ppla_10C_1300", "ret.PPLA.10C", facts));
        data.add(retention("ppl_1C_500", "ret.PPL.1C", facts));
        data.add(new Datum("pl_life", "fail.PL.1C", "cycle", Relation.EQUAL_LOG, number(facts, "fail.PL.1C"), 0.02));
        data.add(life("symmetric_ppla", "symlife.PPLA", Relation.AT_LEAST_LOG, facts));
        data.add(life("symmetric_ppl", "symlife.PPL", Relation.EQUAL_LOG, facts));
        data.add(life("symmetric_pl", "symlife.PL", Relation.EQUAL_LOG, facts));
        data.add(survived("survived_ppla_1C", "ret.PPLA.1C", 500));
        data.add(survived("survived_ppla_5C", "ret.PPLA.5C", 1000));
        data.add(survived("survived_ppla_10C", "ret.PPLA.10C", 1300));
        data.add(survived("survived_ppl_1C", "ret.PPL.1C", 500));
        return data;
    }

    /** The value as printed, in the printed unit. */
    static double number(PaperFacts facts, String id) {
        return Double.parseDouble(facts.find(id)
                .orElseThrow(() -> new IllegalStateException("no fact " + id))
                .value());
    }

    private static Datum capacity(String key, String fact, double value) {
        return new Datum(key, fact, "mAh/g", Relation.EQUAL, value, CAPACITY_SIGMA);
    }

    private static Datum retention(String key, String fact, PaperFacts facts) {
        return new Datum(key, fact, "%", Relation.EQUAL, number(facts, fact), RETENTION_SIGMA);
    }

    private static Datum life(String key, String fact, Relation relation, PaperFacts facts) {
        return new Datum(key, fact, "h", relation, number(facts, fact), LIFE_SIGMA_OF_LOG);
    }

    private static Datum survived(String key, String fact, double cycles) {
        return new Datum(key, fact, "cycle", Relation.AT_LEAST_LOG, cycles, LIFE_SIGMA_OF_LOG);
    }
}
