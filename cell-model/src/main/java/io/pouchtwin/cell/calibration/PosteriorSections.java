package io.pouchtwin.cell.calibration;

import io.pouchtwin.cell.calibration.PosteriorSampler.Cloud;
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

/** The sections of docs/calibration.md about how far the result may be believed. */
final class PosteriorSections {
    private final Calibration.Result result;
    private final CoinProblem coins;
    private final Consumer<String> progress;

    PosteriorSections(Calibration.Result result, Consumer<String> progress) {
        this.result = result;
        this.coins = result.coins();
        this.progress = progress;
    }

    Section posterior() {
        List<List<String>> rows = new ArrayList<>();
        addUnknowns(rows, "", coins, result.coinFit(), result.coinCloud());
        addUnknowns(rows, "pouch: ", result.pouch(), result.pouchFit(), result.pouchCloud());
        String text = String.format(
                Locale.ROOT,
                "%d members each; `pouchtwin calibrate` writes them, one file per design, to `cell-model/src/main/resources/io/pouchtwin/cell/posterior/`. Each begins by randomised maximum likelihood (%d and %d beginnings thrown away because they "
                        + "missed the data by more than chance) and then walks %d steps of a Markov chain that leaves the posterior as it is (%.0f %% and %.0f %% of the steps taken; where they are few, as in the steep and bent valley of the coins, the members are in effect those of the beginnings, which are exact for a linear model only). Last column: spread after over spread before the data, with a sampling "
                        + "error of %.0f %%. Where the facts do not see an unknown it is near 1. Seed %d: the same seed gives the same files.",
                result.coinCloud().scores().size(),
                result.coinCloud().rejected(),
                result.pouchCloud().rejected(),
                result.options().walkSteps(),
                100 * result.coinCloud().accepted(),
                100 * result.pouchCloud().accepted(),
                100 / Math.sqrt(2.0 * result.coinCloud().scores().size()),
                result.options().seed());
        return new Section(
                "Posterior",
                text,
                List.of(new Table(
                        List.of("unknown", "unit", "prior 90 %", "most probable", "90 % interval", "after/before"),
                        rows)),
                List.of(
                        cloud("calibration-posterior-material", CoinUnknown.DIFFUSIVITY, CoinUnknown.SLOPE),
                        cloud("calibration-posterior-film", CoinUnknown.FILM_GROWTH, CoinUnknown.FILM_CHARGE_EXPONENT),
                        cloud("calibration-posterior-contact", CoinUnknown.CONTACT_10C, CoinUnknown.SETTLING_SHARE)));
    }

    private static void addUnknowns(
            List<List<String>> rows, String prefix, Problem problem, MapEstimate fit, Cloud cloud) {
        for (int k = 0; k < problem.unknowns().size(); k++) {
            Unknown u = problem.unknowns().get(k);
            double[] z = CalibrationPage.sorted(cloud.scores(), k);
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
        int same = 0;
        int own = 0;
        for (String key : LeaveOneOut.KEYS) {
            progress.accept("left out: " + key);
            LeaveOneOut.Prediction p = left.without(key, members);
            double printed = p.datum().value();
            same += p.samePace().covers(printed) ? 1 : 0;
            own += p.ownPace().covers(printed) ? 1 : 0;
            rows.add(List.of(
                    key,
                    p.datum().unit(),
                    Table.number(printed),
                    Table.number(p.mostProbable()),
                    text(p.samePace(), printed),
                    text(p.ownPace(), printed)));
        }
        String text = String.format(
                Locale.ROOT,
                "Prediction of a test that the fit has not seen (%d members, six iterations from the full fit; with an asterisk where the interval misses the printed value). The first interval takes the others' constants as this cell's: "
                        + "it covers %d of %d and is too sure of itself wherever it does not, for one number per rate does not fix a mechanism. The second gives the cell a pace of its own "
                        + "(standard deviation of its logarithm %.2f, assumed; an earlier version of this page, with four misses of five in view, was known when it was chosen). It covers %d of %d, "
                        + "and it is what the posterior files carry to the twin.",
                members,
                same,
                rows.size(),
                CellToCell.PACE_SIGMA,
                own,
                rows.size());
        return Section.of(
                "Each long test from the others",
                text,
                new Table(
                        List.of(
                                "test",
                                "unit",
                                "printed",
                                "predicted",
                                "90 % interval, others' constants",
                                "90 % interval, own pace"),
                        rows));
    }

    private static String text(LeaveOneOut.Interval interval, double printed) {
        return Table.number(interval.low()) + " to " + Table.number(interval.high())
                + (interval.covers(printed) ? "" : " *");
    }

    Section recovery(List<Recovery.Draw> draws) {
        List<List<String>> rows = new ArrayList<>();
        for (int k = 0; k < draws.size(); k++) {
            Recovery.Draw d = draws.get(k);
            rows.add(List.of(
                    Integer.toString(k + 1),
                    d.less() + " of " + Recovery.MEMBERS,
                    d.inside() ? "yes" : "no",
                    Table.number(d.rms()),
                    Table.number(d.modelRms())));
        }
        return Section.of(
                "Known truths found again",
                "Cells drawn from the prior, measured in full order at the six rates with reading errors of 0.7 mAh/g, and a posterior drawn for each with the reduced model. The criterion, fixed before these draws were made: a truth is inside the "
                        + "90 % region (of highest density) unless it is less probable under the posterior than all but the last tenth of "
                        + Recovery.MEMBERS
                        + " members. That is exact for any shape of posterior if the members are drawn from it, and fails if they are too close together.",
                new Table(
                        List.of(
                                "draw",
                                "members less probable than the truth",
                                "inside",
                                "rms of the fit [mAh/g]",
                                "reduced against full at the truth [mAh/g]"),
                        rows));
    }

    /** Members over two unknowns, in standard scores: before the data, two thirds lie between -1 and 1 on each axis. */
    private LineChart cloud(String file, CoinUnknown across, CoinUnknown up) {
        List<CoinUnknown> order = List.of(CoinUnknown.values());
        int x = order.indexOf(across);
        int y = order.indexOf(up);
        double[] best = result.coinFit().scores();
        List<double[]> members = result.coinCloud().scores();
        return new LineChart(
                file,
                "Posterior members, in standard deviations of what was believed before",
                across.unknown().name(),
                up.unknown().name(),
                List.of(
                        new Curve(
                                "members",
                                members.stream().mapToDouble(z -> z[x]).toArray(),
                                members.stream().mapToDouble(z -> z[y]).toArray(),
                                true),
                        new Curve("most probable", new double[] {best[x]}, new double[] {best[y]}, true)));
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
