package io.pouchtwin.cell.calibration;

import io.pouchtwin.cell.ageing.AgeingLaws;
import io.pouchtwin.cell.ageing.CycleLife;
import io.pouchtwin.cell.ageing.ShortingDamage;
import io.pouchtwin.cell.calibration.CoinCells.Membrane;
import io.pouchtwin.cell.calibration.CoinProblem.Test;
import io.pouchtwin.cell.calibration.PosteriorSampler.Cloud;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.report.LineChart;
import io.pouchtwin.cell.report.LineChart.Curve;
import io.pouchtwin.cell.report.Section;
import io.pouchtwin.cell.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sections of docs/calibration.md. */
final class CalibrationPage {
    static final String INTRODUCTION = """
            Computed by `./pouchtwin validate calibration`; nothing on this page is typed in. All coin and symmetric cells are fitted together: one cathode, one set \
            of mechanisms and constants, and for each test its own loading and initial contact. The pouch takes material and exponents from the coins and has its \
            own contact, film and speed of ageing. Fitted with the reduced-order model; the column "full order" lives the same lives with the full-order model.

            **Fitted** are all rows of the first table, so agreement there is not prediction; what the model predicts without having seen it is under "Each long \
            test from the others". Assumed, because the paper's text does not say: coins are charged and discharged at the same constant current from 2.8 V to \
            about 4.4 V, at room temperature; area never enters, since everything is per area.""";

    private final Calibration.Result result;
    private final CoinProblem coins;
    private final double[] best;
    private final Consumer<String> progress;
    private final Map<String, CycleLife.Life> fullLives = new TreeMap<>();

    CalibrationPage(Calibration.Result result, Consumer<String> progress) {
        this.result = result;
        this.coins = result.coins();
        this.best = coins.values(result.coinFit().scores());
        this.progress = progress;
    }

    Section facts() {
        List<List<String>> rows = new ArrayList<>();
        Map<String, Double> full = fullOrder();
        addFacts(rows, coins.data(), result.coinFit(), result.coinCloud(), full);
        addFacts(rows, result.pouch().data(), result.pouchFit(), result.pouchCloud(), full);
        String parted = Stream.of(
                        parting(coins.data(), result.coinFit(), full),
                        parting(result.pouch().data(), result.pouchFit(), full))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
        Table table = new Table(List.of("fact", "unit", "printed", "model", "90 % interval", "full order"), rows);
        String text =
                "`survived_*` and `symmetric_ppla` are tests that ended without a short: the model must say at least as much. "
                        + "The column full order is no repetition of the last cycle but a whole life of the full-order cell under the same laws. "
                        + (parted.isEmpty()
                                ? "Nowhere do the two models part by more than the datum's own error."
                                : "The two models part by more than the datum's own error here: " + parted + ".");
        return Section.of("Every fact beside the model", text, table);
    }

    private static void addFacts(
            List<List<String>> rows, List<Datum> data, MapEstimate fit, Cloud cloud, Map<String, Double> full) {
        for (int k = 0; k < data.size(); k++) {
            Datum d = data.get(k);
            double[] p = sorted(cloud.predictions(), k);
            boolean bound = d.relation() == Datum.Relation.AT_LEAST_LOG;
            Double check = full.get(d.key());
            rows.add(List.of(
                    d.key() + " (" + d.fact() + ")",
                    d.unit(),
                    (bound ? ">= " : "") + Table.number(d.value()),
                    Table.number(fit.predictions()[k]),
                    interval(p),
                    check == null ? "" : Table.number(check)));
        }
    }

    /** The same in full order: fresh cells at their rates, and whole lives. */
    private Map<String, Double> fullOrder() {
        // the tests' names are written in another case than the data's keys
        Map<String, Double> full = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        progress.accept("check in full order: rates");
        AgeingLaws ppla = coins.laws(best, Membrane.PPLA);
        FullOrderCoin cell = coins.fullOrderRates(best);
        for (int k = 0; k < CoinProblem.RATES.length; k++) {
            full.put(coins.data().get(k).key(), cell.capacity(CoinProblem.RATES[k], ppla));
        }
        full.put("load_15mg", coins.fullOrderThick(best).capacity(CoinUnknown.RATE_15MG.in(best), ppla));
        for (Test test : List.of(Test.PPLA_1C, Test.PPLA_5C, Test.PPLA_10C, Test.PPL_1C)) {
            progress.accept("check in full order: life of " + test);
            FullOrderCoin coin = coins.fullOrder(best, test);
            AgeingLaws laws = coins.laws(best, test.membrane).withShorting(CoinProblem.PLATING_CLOCK);
            CycleLife.Life life = coin.life(test.rate, laws, test.cycles, CoinProblem.LIFE_STEPS);
            fullLives.put(test.name(), life);
            full.put(
                    String.format(Locale.ROOT, "%s_%d", test.name(), test.cycles)
                            .toLowerCase(Locale.ROOT),
                    100 * life.retention(test.cycles));
            full.put("survived_" + test.name().toLowerCase(Locale.ROOT), coins.shortCycle(best, life, test));
            if (test == Test.PPLA_5C || test == Test.PPLA_10C) {
                double first = coin.specific(life.points().get(0).dischargeCPerM2());
                full.put(test == Test.PPLA_5C ? "start_5C" : "start_10C", first);
            }
        }
        progress.accept("check in full order: life of the pouch");
        double[] v = result.pouch().values(result.pouchFit().scores());
        FullOrderCoin pouch = result.pouch().fullOrder(v);
        CycleLife.Life life = pouch.life(0.2, result.pouch().laws(v), 100, 6);
        full.put("pouch_capacity", pouch.ampereHours(life.points().get(0).dischargeCPerM2()));
        full.put("pouch_0.2C_100", 100 * life.retention(100));
        return full;
    }

    /** Facts at which full order and reduced model part by more than the datum's own error. */
    private static String parting(List<Datum> data, MapEstimate fit, Map<String, Double> full) {
        List<String> parted = new ArrayList<>();
        for (int k = 0; k < data.size(); k++) {
            Datum d = data.get(k);
            Double check = full.get(d.key());
            if (check != null && Math.abs(d.residual(check) - d.residual(fit.predictions()[k])) > 1) {
                parted.add(String.format(
                        Locale.ROOT,
                        "%s (%s against %s %s)",
                        d.key(),
                        Table.number(check),
                        Table.number(fit.predictions()[k]),
                        d.unit()));
            }
        }
        return String.join(", ", parted);
    }

    Section rates() {
        int n = CoinProblem.RATES.length;
        double[] printed = new double[n];
        double[] model = new double[n];
        double[] low = new double[n];
        double[] high = new double[n];
        for (int k = 0; k < n; k++) {
            printed[k] = coins.data().get(k).value();
            model[k] = result.coinFit().predictions()[k];
            double[] p = sorted(result.coinCloud().predictions(), k);
            low[k] = LeaveOneOut.quantile(p, 0.05);
            high[k] = LeaveOneOut.quantile(p, 0.95);
        }
        double[] rates = CoinProblem.RATES.clone();
        LineChart chart = new LineChart(
                "calibration-rates",
                "Rate table of the PPLA coin",
                "C-rate",
                "discharge capacity [mAh/g]",
                List.of(
                        new Curve("model", rates, model, false),
                        new Curve("5 %", rates, low, false),
                        new Curve("95 %", rates, high, false),
                        new Curve("paper", rates, printed, true)));
        return new Section("Rate table", "", List.of(), List.of(chart));
    }

    Section lives() {
        List<Curve> curves = new ArrayList<>();
        for (Test test : Test.values()) {
            CycleLife.Life life = coins.live(best, test, test.cycles, 16);
            curves.add(curve(test.name().replace('_', ' '), life, false));
            CycleLife.Life full = fullLives.get(test.name());
            if (full != null) {
                curves.add(curve(test.name().replace('_', ' ') + ", full order", full, true));
            }
        }
        List<Test> printed = List.of(Test.PPLA_1C, Test.PPLA_5C, Test.PPLA_10C, Test.PPL_1C);
        curves.add(new Curve(
                "paper",
                printed.stream().mapToDouble(t -> t.cycles).toArray(),
                printed.stream().mapToDouble(t -> printed(t, coins.data())).toArray(),
                true));
        LineChart coinChart =
                new LineChart("calibration-retention", "Retention of the coins", "cycle", "retention [%]", curves);
        CycleLife.Life pouch =
                result.pouch().life(result.pouch().values(result.pouchFit().scores()), 150, 12);
        LineChart pouchChart = new LineChart(
                "calibration-pouch",
                "Retention of the pouch at 0.2 C",
                "cycle",
                "retention [%]",
                List.of(
                        curve("model", pouch, false),
                        new Curve(
                                "paper",
                                new double[] {100},
                                new double[] {result.pouch().data().get(1).value()},
                                true)));
        List<List<String>> rows = new ArrayList<>();
        for (Test test : Test.values()) {
            rows.add(endOfLife(test));
        }
        Table table = new Table(
                List.of(
                        "test",
                        "cycles",
                        "loading rel. to rate-table cell",
                        "initial contact [ohm cm2]",
                        "film and dead lithium [ohm cm2]",
                        "active material left",
                        "spare lithium left [mAh/cm2]",
                        "short expected at cycle"),
                rows);
        return new Section(
                "Lives",
                String.format(
                        Locale.ROOT,
                        "Between cells only loading (spread %.0f %%) and initial contact (factor %.1f) may differ. State at the end of each test, most probable values.",
                        100 * CoinUnknown.LOADING_SPREAD,
                        Math.exp(CoinUnknown.CONTACT_SPREAD)),
                List.of(table),
                List.of(coinChart, pouchChart));
    }

    private static double printed(Test test, List<Datum> data) {
        String key = String.format(Locale.ROOT, "%s_%d", test.name(), test.cycles);
        return data.stream()
                .filter(d -> d.key().equalsIgnoreCase(key))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private List<String> endOfLife(Test test) {
        CycleLife.Life life = coins.life(best, test);
        CycleLife.Point last = life.points().get(life.points().size() - 1);
        CellParameters.Lithium lithium = coins.coin(test.membrane).parameters().lithium();
        double added = coins.cells().laws(best, test.membrane, lithium).addedResistanceOhmM2(last.state());
        return List.of(
                test.name(),
                Table.number(last.cycle()),
                Table.number(test.loading.in(best)),
                Table.number(CoinUnknown.CONTACT.in(best) * test.contact.in(best)),
                Table.number(added * 1e4),
                Table.number(last.state().activeFraction()),
                Table.number(last.state().lithiumBalanceCPerM2() / 36_000),
                Table.number(coins.shortCycle(best, life, test)));
    }

    private static Curve curve(String name, CycleLife.Life life, boolean dots) {
        double first = life.points().get(0).dischargeCPerM2();
        return new Curve(
                name,
                life.points().stream().mapToDouble(CycleLife.Point::cycle).toArray(),
                life.points().stream()
                        .mapToDouble(p -> 100 * p.dischargeCPerM2() / first)
                        .toArray(),
                dots);
    }

    Section symmetric() {
        List<List<String>> rows = new ArrayList<>();
        for (double current : new double[] {0.1, 0.2, 0.3, 0.5, 1.0}) {
            List<String> row = new ArrayList<>(List.of(Table.number(current)));
            for (Membrane m : Membrane.values()) {
                ShortingDamage damage = coins.cells().shorting(best, m);
                row.add(Table.number(damage.symmetricLifeS(current * 10) / 3600));
            }
            rows.add(row);
        }
        String text = String.format(
                Locale.ROOT,
                "The paper prints lives (PPLA beyond 6000 h, PPL 1800 h, PL 500 h) but not the current. One damage law for all three, "
                        + "(i / CCD)^m, with the current as an unknown: most probably %.2f mA/cm2, m = %.2f. The same law then gives the PL coin its end "
                        + "(1 C is above PL's critical current) and must let the other coins survive. Lives [h] when the current is swept instead:",
                CoinUnknown.SYMMETRIC_CURRENT.in(best),
                CoinUnknown.DAMAGE_EXPONENT.in(best));
        return Section.of(
                "Symmetric cells",
                text,
                new Table(List.of("current [mA/cm2]", "PPLA", "PPL", "PL"), rows),
                new Table(
                        List.of("critical current [mA/cm2]", "printed", "most probable", "90 % interval"),
                        criticalCurrents()));
    }

    /** What the law of damage takes for the critical currents beside what is printed. */
    private List<List<String>> criticalCurrents() {
        List<List<String>> rows = new ArrayList<>();
        for (Membrane m : Membrane.values()) {
            double printed = coins.cells().criticalCurrentAPerM2(m) / 10;
            double[] factors = result.coinCloud().scores().stream()
                    .mapToDouble(z -> m.criticalCurrent.in(coins.values(z)))
                    .sorted()
                    .toArray();
            rows.add(List.of(
                    "ccd." + m.name(),
                    Table.number(printed),
                    Table.number(printed * m.criticalCurrent.in(best)),
                    Table.number(printed * LeaveOneOut.quantile(factors, 0.05)) + " to "
                            + Table.number(printed * LeaveOneOut.quantile(factors, 0.95))));
        }
        return rows;
    }

    Section limits() {
        return Section.of("Not fitted, not reproduced, and why", """
                - Li||Cu efficiencies (fact:ce.*): only their ratios enter the fit, as ratios of lithium loss. Taken as the running cells' efficiencies they would empty a 20 um foil in 21 cycles.
                - Critical currents (fact:ccd.*): one noisy sample each; they scale the damage law and may move by 30 %. A ramp is not simulated: the law knows damage that adds up, not a wall.
                - The 10 C capacities printed for PL and PPL (fact:rate.lowest.10): the order looks swapped in print, so neither is used.
                - LRM coin: its one fact is a bound (fact:lrm.PPLA), and members that miss it are drawn anew. NCM811 pouch: no cycling fact. Both keep the spreads of their parameter files and share membrane, lithium, contact and film with the fitted cells; their files say so. The PyBaMM set xu2019-half-cell is no cell of the paper and has no posterior.
                - What was fitted and what was predicted: PPL's and PL's coins share everything with PPLA's but conductivity, exchange current, Li||Cu loss and critical current, which are printed. One number was fitted for them, the power by which film growth follows the Li||Cu loss, and the critical current of each within its spread. So PPL's 53.2 % is fitted; PL's end is fitted too; what the others say about both is under "Each long test from the others".
                - The damage law is the middle of a hazard: it carries no scatter and no area. Where the first table expects a short earlier than a test lasted (PPL at 1 C), law and fact part within the scatter of cells that was assumed (15 % of life), not better. Risk with intervals is a matter of the survival fit.
                - PL's end: by the damage law (its current exceeds PL's critical current) or by its film; both come at about the same cycle and the one number cannot tell them apart.
                - The 10 C cell starts 10 mAh/g low and loses least. The fit takes this for a poor first contact that beds in, hence the rise of its first 200 cycles; the paper's text has nothing for or against it. What the fit loses without it is under "Mechanisms against each other".
                - Values with the status fitted in the parameter files are where this calibration starts from; how far the most probable cell is from them is in the table of the posterior (the factors). They are not overwritten: the reference curves of another program that the models are tested against were computed with them.
                - Time steps while fitting are coarser than the twin's (0.14 mAh/g at most); the figures at the top are computed with the twin's steps.""");
    }

    static double[] sorted(List<double[]> rows, int column) {
        return rows.stream().mapToDouble(r -> r[column]).sorted().toArray();
    }

    private static String interval(double[] sorted) {
        return Table.number(LeaveOneOut.quantile(sorted, 0.05)) + " to "
                + Table.number(LeaveOneOut.quantile(sorted, 0.95));
    }
}
