package io.pouchtwin.cell.calibration;

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

/** The sections of docs/calibration.md. */
final class CalibrationPage {
    static final String INTRODUCTION = """
            Computed by `./pouchtwin validate calibration`; nothing on this page is typed in. All coin and symmetric cells are fitted together: one cathode, one set \
            of mechanisms and constants, and for each test its own loading and initial contact. The pouch takes material and exponents from the coins and has its \
            own contact, film and speed of ageing. Fitted with the reduced-order model; the column "full order" repeats the cycle in full order.

            **Fitted** are all rows of the first table, so agreement there is not prediction; what the model predicts without having seen it is under "Each long \
            test from the others". Assumed, because the paper's text does not say: coins are charged and discharged at the same constant current from 2.8 V to \
            about 4.4 V, at room temperature; area never enters, since everything is per area.""";

    private final Calibration.Result result;
    private final CoinProblem coins;
    private final double[] best;
    private final Consumer<String> progress;

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
        addFacts(rows, result.pouch().data(), result.pouchFit(), result.pouchCloud(), Map.of());
        Table table = new Table(List.of("fact", "unit", "printed", "model", "90 % interval", "full order"), rows);
        String text =
                "`survived_*` and `symmetric_ppla` are tests that ended without a short: the model must say at least as much. "
                        + "Where full order and reduced model part by more than the fit's error, the fit is that of the reduced model.";
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

    /** The same cycles in full order: fresh at the six rates, and fresh against aged for the long tests. */
    private Map<String, Double> fullOrder() {
        progress.accept("check in full order");
        Map<String, Double> full = new TreeMap<>();
        double contact = CoinUnknown.CONTACT.in(best) * 1e-4;
        FullOrderCoin cell = new FullOrderCoin("coin-ncm523-ppla", best, 1, contact);
        for (int k = 0; k < CoinProblem.RATES.length; k++) {
            full.put(coins.data().get(k).key(), cell.capacity(CoinProblem.RATES[k]));
        }
        Map<String, Test> tests = Map.of(
                "ppla_1C_500",
                Test.PPLA_1C,
                "ppla_5C_1000",
                Test.PPLA_5C,
                "ppla_10C_1300",
                Test.PPLA_10C,
                "ppl_1C_500",
                Test.PPL_1C);
        tests.forEach((key, test) -> full.put(key, fullOrderRetention(test)));
        return full;
    }

    private double fullOrderRetention(Test test) {
        String design = "coin-ncm523-" + test.membrane.name().toLowerCase(Locale.ROOT);
        CellParameters.Lithium lithium = coins.coin(test.membrane).parameters().lithium();
        CycleLife.Life life = coins.life(best, test);
        double common = CoinUnknown.CONTACT.in(best) * 1e-4;
        double excess = common * (test.contact.in(best) - 1);
        CycleLife.Point last = life.points().get(life.points().size() - 1);
        FullOrderCoin fresh = new FullOrderCoin(design, best, test.loading.in(best), common + excess);
        FullOrderCoin settled = new FullOrderCoin(
                design,
                best,
                test.loading.in(best),
                common + excess * last.state().contactExcess());
        double aged = settled.capacity(test.rate, last.state(), coins.cells().laws(best, test.membrane, lithium));
        return 100 * aged / fresh.capacity(test.rate);
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
            curves.add(curve(test.name().replace('_', ' '), life));
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
                        curve("model", pouch),
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

    private static Curve curve(String name, CycleLife.Life life) {
        double first = life.points().get(0).dischargeCPerM2();
        return new Curve(
                name,
                life.points().stream().mapToDouble(CycleLife.Point::cycle).toArray(),
                life.points().stream()
                        .mapToDouble(p -> 100 * p.dischargeCPerM2() / first)
                        .toArray(),
                false);
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
        return Section.of("Symmetric cells", text, new Table(List.of("current [mA/cm2]", "PPLA", "PPL", "PL"), rows));
    }

    Section posterior() {
        List<List<String>> rows = new ArrayList<>();
        addUnknowns(rows, "", coins, result.coinFit(), result.coinCloud());
        addUnknowns(rows, "pouch: ", result.pouch(), result.pouchFit(), result.pouchCloud());
        String text = String.format(
                Locale.ROOT,
                "%d members each by randomised maximum likelihood (%d and %d draws rejected because they missed the data by more than chance); files in "
                        + "`cell-model/src/main/resources/io/pouchtwin/cell/posterior/`. Last column: spread after over spread before the data. "
                        + "Where the facts do not see an unknown it should be near 1; a smaller number there means that the sampler narrowed it and the ensemble is too sure.",
                result.coinCloud().scores().size(),
                result.coinCloud().rejected(),
                result.pouchCloud().rejected());
        return Section.of(
                "Posterior",
                text,
                new Table(
                        List.of("unknown", "unit", "prior 90 %", "most probable", "90 % interval", "after/before"),
                        rows));
    }

    private static void addUnknowns(
            List<List<String>> rows, String prefix, Problem problem, MapEstimate fit, Cloud cloud) {
        for (int k = 0; k < problem.unknowns().size(); k++) {
            Unknown u = problem.unknowns().get(k);
            double[] z = sorted(cloud.scores(), k);
            rows.add(List.of(
                    prefix + u.name(),
                    u.unit(),
                    Table.number(u.value(-1.645)) + " to " + Table.number(u.value(1.645)),
                    Table.number(u.value(fit.scores()[k])),
                    Table.number(u.value(LeaveOneOut.quantile(z, 0.05))) + " to "
                            + Table.number(u.value(LeaveOneOut.quantile(z, 0.95))),
                    Table.number(deviation(z))));
        }
    }

    Section blindSpots() {
        List<List<String>> rows = new ArrayList<>();
        Identifiability seen = result.identifiability();
        for (Identifiability.Direction d : seen.directions()) {
            if (!d.seen()) {
                rows.add(List.of(Table.number(d.singularValue()), d.text(coins.unknowns())));
            }
        }
        String text = String.format(
                Locale.ROOT,
                "Singular value decomposition of the standardised derivatives: of %d directions the facts see %d (singular value above 0.5). Along the others the "
                        + "posterior is the prior:",
                seen.directions().size(),
                seen.seen());
        return Section.of(
                "What the facts do not see",
                text,
                new Table(List.of("singular value", "direction"), rows),
                new Table(List.of("left open", "what would settle it"), BlindSpots.rows(seen)));
    }

    Section mechanisms() {
        List<List<String>> rows = new ArrayList<>();
        double whole = result.coinFit().dataCost() + result.coinFit().priorCost();
        for (Map.Entry<String, Map<CoinUnknown, Double>> trial : new TreeMap<>(MechanismTrials.TRIALS).entrySet()) {
            progress.accept("mechanisms: " + trial.getKey());
            MapEstimate fit = MechanismTrials.without(coins, result.coinFit(), trial.getValue());
            List<String> row =
                    new ArrayList<>(List.of(trial.getKey(), Table.number(fit.dataCost() + fit.priorCost() - whole)));
            for (int k = 0; k < coins.data().size(); k++) {
                if (LeaveOneOut.KEYS.contains(coins.data().get(k).key())) {
                    row.add(Table.number(fit.predictions()[k]));
                }
            }
            rows.add(row);
        }
        List<String> header = new ArrayList<>(List.of("taken away", "loss of log posterior"));
        header.addAll(LeaveOneOut.KEYS);
        return Section.of(
                "Mechanisms against each other",
                "The best fit without a mechanism within six iterations from the optimum, all else free (so the losses are at most these). A loss below about 2 is nothing the facts could tell; above 5 they ask for the mechanism, given the rest of the model and the priors.",
                new Table(header, rows));
    }

    Section leaveOneOut(int members) {
        List<List<String>> rows = new ArrayList<>();
        LeaveOneOut left = new LeaveOneOut(
                coins, result.coinFit(), new Nd4jAlgebra(), result.options().seed());
        for (String key : LeaveOneOut.KEYS) {
            progress.accept("left out: " + key);
            LeaveOneOut.Prediction p = left.without(key, members);
            rows.add(List.of(
                    key,
                    p.datum().unit(),
                    Table.number(p.datum().value()),
                    Table.number(p.mostProbable()),
                    Table.number(p.low()) + " to " + Table.number(p.high()),
                    p.covers() ? "yes" : "no"));
        }
        return Section.of(
                "Each long test from the others",
                "Prediction of a test that the fit has not seen (" + members
                        + " members, six iterations from the full fit). Where the last column says no, the other facts and the priors do not predict the test, and "
                        + "the interval is narrower than the model deserves: one number per rate does not fix a mechanism.",
                new Table(List.of("test", "unit", "printed", "predicted", "90 % interval", "covered"), rows));
    }

    Section recovery(List<Recovery.Draw> draws) {
        List<List<String>> rows = new ArrayList<>();
        for (int k = 0; k < draws.size(); k++) {
            Recovery.Draw d = draws.get(k);
            rows.add(List.of(
                    Integer.toString(k + 1),
                    Table.number(d.distance()),
                    d.inside() ? "yes" : "no",
                    Table.number(d.rms()),
                    Table.number(d.modelRms())));
        }
        return Section.of(
                "Known truths found again",
                "Cells drawn from the prior, measured in full order at the six rates with reading errors of 0.7 mAh/g, fitted with the reduced model.",
                new Table(
                        List.of(
                                "draw",
                                "distance over 90 % bound",
                                "inside",
                                "rms of the fit [mAh/g]",
                                "reduced against full at the truth [mAh/g]"),
                        rows));
    }

    Section limits() {
        return Section.of("Not fitted, and why", """
                - Tafel exchange currents (fact:i0.*), conductivities and their activation energies (fact:sigma.*, fact:Ea.*), transference numbers: they are parameters, taken as printed; \
                the fit may move PPLA's exchange current and membrane by their stated spread.
                - Li||Cu efficiencies (fact:ce.*): only their ratios enter, as ratios of lithium loss. Taken as the running cells' efficiencies they would empty a 20 um foil in 21 cycles.
                - Critical currents (fact:ccd.*): one noisy sample each; they scale the damage law and may move by 30 %.
                - The 10 C capacities printed for PL and PPL (fact:rate.lowest.10): the order looks swapped in print, so neither is used.
                - LRM coin (fact:lrm.PPLA), NCM811 pouch: one number each, no rate table; they keep the spreads of their parameter files.
                - The damage law is the middle of a hazard: it carries no scatter and no area. Where the first table expects a short earlier than a test lasted (PPL at 1 C, PPLA at 5 C), law \
                and fact part within the scatter of cells that was assumed (15 % of life), not better. Risk with intervals is a matter of the survival fit.
                - PL's end: by the damage law (its current exceeds PL's critical current) or by its film; both come at about the same cycle and the one number cannot tell them apart.
                - The 10 C cell starts 10 mAh/g low and loses least. The fit takes this for a poor first contact that beds in, hence the rise of its first 200 cycles; the paper's text has \
                nothing for or against it. What the fit loses without it is under "Mechanisms against each other".""");
    }

    private static double[] sorted(List<double[]> rows, int column) {
        return rows.stream().mapToDouble(r -> r[column]).sorted().toArray();
    }

    private static String interval(double[] sorted) {
        return Table.number(LeaveOneOut.quantile(sorted, 0.05)) + " to "
                + Table.number(LeaveOneOut.quantile(sorted, 0.95));
    }

    private static double deviation(double[] z) {
        double mean = 0;
        for (double x : z) {
            mean += x / z.length;
        }
        double sum = 0;
        for (double x : z) {
            sum = Math.fma(x - mean, x - mean, sum);
        }
        return Math.sqrt(sum / Math.max(1, z.length - 1));
    }
}
