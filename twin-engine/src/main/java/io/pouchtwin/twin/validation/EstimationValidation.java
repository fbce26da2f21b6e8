package io.pouchtwin.twin.validation;

import io.pouchtwin.cell.report.Figure;
import io.pouchtwin.cell.report.LineChart;
import io.pouchtwin.cell.report.Section;
import io.pouchtwin.cell.report.Table;
import io.pouchtwin.cell.report.ValidationReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Computes the figures {@code estimation.*}, at the moment it runs. */
public final class EstimationValidation {
    /** A thin coin whose film grows fast, and the thin pouch whose film does not. */
    private static final List<String> DESIGNS = List.of("coin-ncm523-ppla", "pouch-5c-ncm523-ppla");

    private static final String DESIGN = "pouch-5c-ncm523-ppla";

    private static final String THICK_POUCH = "pouch-ncm523-ppla";

    /** A thick cathode, and another membrane whose film grows ten times as fast. */
    private static final List<String> SLOW_DESIGNS = List.of(THICK_POUCH, "coin-ncm523-ppl");

    private static final double SLOW_RATE = 0.5;
    private static final long FIRST_SEED = 1_000_000;
    private static final long SEEDS_PER_CASE = 10_000;
    private static final double[] FULL_LEAK_HOURS = {20, 50, 100, 200, 500, 1000};
    private static final double[] QUICK_LEAK_HOURS = {20, 200};
    private static final double WEAKEST_PROMISED_HOURS = 200;

    private static final int CYCLES = 10;
    private static final int SETTLED_AFTER = 3;

    private final boolean quick;
    private final Consumer<String> progress;
    private final List<EstimationCase> cases = new ArrayList<>();
    private final List<EstimationResult> results = new ArrayList<>();
    private WrongStart.Result wrongStart =
            new WrongStart.Result(new double[0], new double[0], new double[0], new double[0]);
    private PybammCells pybamm = new PybammCells();
    private DrawnPybammCells drawn = new DrawnPybammCells();
    private FilterComparison filters = new FilterComparison();
    private final List<SoftShortCase> leaks = new ArrayList<>();
    private final List<SoftShortCase.Result> leakResults = new ArrayList<>();

    private EstimationValidation(boolean quick, Consumer<String> progress) {
        this.quick = quick;
        this.progress = progress;
    }

    /**
     * Runs the validation.
     *
     * @param quick a smaller draw of the same computation
     * @param progress receives a line for each cell; from several threads
     */
    public static ValidationReport run(boolean quick, Consumer<String> progress) {
        return new EstimationValidation(quick, progress).run();
    }

    private void add(String design, double rate, int draws, double leastFilmOhmCm2) {
        long seed = FIRST_SEED + SEEDS_PER_CASE * cases.size();
        EstimationCase one = new EstimationCase(design, rate, draws, CYCLES, SETTLED_AFTER, seed, leastFilmOhmCm2);
        cases.add(one);
        results.add(one.run(progress));
    }

    private ValidationReport run() {
        int draws = quick ? 4 : 30;
        for (String design : DESIGNS) {
            for (double rate : quick ? new double[] {1, 5} : new double[] {0.5, 1, 2, 5}) {
                add(design, rate, draws, 0);
            }
        }
        for (String design : quick ? List.<String>of() : SLOW_DESIGNS) {
            add(design, SLOW_RATE, draws, 0);
        }
        add(DESIGN, 1, draws, EstimationResult.TELLING_FILM_OHM_CM2);
        if (!quick) {
            add(THICK_POUCH, SLOW_RATE, draws, EstimationResult.TELLING_FILM_OHM_CM2);
        }
        wrongStart = new WrongStart(DESIGN, draws, FIRST_SEED).run(progress);
        pybamm = PybammCells.run();
        drawn = DrawnPybammCells.run(quick ? 2 : 30, progress);
        filters = FilterComparison.run(cases, quick ? 1 : 3, progress);
        leaks.add(new SoftShortCase(DESIGN, 0, quick ? 6 : 30, quick ? 12 : 20));
        for (double hours : quick ? QUICK_LEAK_HOURS : FULL_LEAK_HOURS) {
            leaks.add(new SoftShortCase(DESIGN, 1 / hours, quick ? 4 : 30, 20));
        }
        leaks.forEach(one -> leakResults.add(one.run(progress)));
        return new ValidationReport(
                "Estimation",
                "Cells of the full-order model, each with the parameters of one of the calibrated cells of its design and the spreads that the calibration leaves open, of an age"
                        + " between none and 500 cycles, with a healthy leak, and ageing on, on testers with noise and offsets. Each is followed by a twin that knows the design alone, begins with"
                        + " the first sample and runs on the reduced-order model. Made by `./pouchtwin validate estimation"
                        + (quick ? " --quick" : "") + "`.",
                figures(),
                List.of(
                        estimates(),
                        bands(),
                        lockstep(),
                        wrongStart.section(),
                        pybamm.section(),
                        drawn.section(),
                        filters.section(),
                        SoftShortSection.of(leaks, leakResults)));
    }

    private List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.of(
                "estimation.voltage.rms_le2C",
                1e3 * worst(r -> r.of(Published.VOLTAGE).rms(), 0, 2),
                "<=5",
                "mV",
                "one step ahead after three cycles, worst rate up to 2 C"));
        figures.add(Figure.of(
                "estimation.voltage.rms_5C",
                1e3 * worst(r -> r.of(Published.VOLTAGE).rms(), 5, 5),
                "<=10",
                "mV",
                "same at 5 C"));
        figures.add(Figure.of(
                "estimation.soc.rms",
                100 * worst(r -> r.of(Published.SOC).rms(), 0, 5),
                "<=1",
                "%",
                "after three cycles, worst rate"));
        figures.add(Figure.of(
                "estimation.soc.max",
                100 * worst(r -> r.of(Published.SOC).largest(), 0, 5),
                "<=2",
                "%",
                "after three cycles, worst sample of the worst cell"));
        figures.add(Figure.of(
                "estimation.soc.wrong_start.rms",
                100 * wrongStart.rmsAfterHalfCycle(),
                "<=1",
                "%",
                "one half cycle at 1 C after the twin began 30 % wrong in the middle of a test"));
        figures.add(Figure.of(
                "estimation.soc.wrong_start.max",
                100 * wrongStart.worstAfterHalfCycle(),
                "<=2",
                "%",
                "same, worst cell"));
        figures.add(Figure.of(
                "estimation.capacity.err",
                100 * worst(EstimationResult::capacityError, 0, 5),
                "<=1",
                "%",
                "RMS over the cells after " + CYCLES + " cycles, worst rate and design"));
        figures.add(Figure.of(
                "estimation.film_resistance.err",
                100 * worstFilm(),
                "<=10",
                "%",
                String.format(
                        Locale.ROOT,
                        "RMS over the cells with a film of %.1f ohm cm2 or more after %d cycles, all rates of a design together, worst design; for thinner films see the table",
                        EstimationResult.TELLING_FILM_OHM_CM2,
                        CYCLES)));
        figures.add(Figure.of(
                "estimation.coverage90.min",
                100 * coverage(true),
                ">=85",
                "%",
                "worst published state, all rates and designs together: " + named(true)));
        figures.add(Figure.of(
                "estimation.coverage90.max",
                100 * coverage(false),
                "<=95",
                "%",
                "most covered published state, all rates and designs together: " + named(false)));
        figures.add(Figure.of(
                "estimation.pybamm.voltage.median_le2C",
                1e3 * pybamm.voltageMedianV(1.5, 4),
                "<=5",
                "mV",
                "one step ahead, worst run up to 2 C of a cell made by PyBaMM, after its first two"));
        figures.add(Figure.of(
                "estimation.pybamm.voltage.median_5C", 1e3 * pybamm.voltageMedianV(5, 5), "<=10", "mV", "same at 5 C"));
        figures.add(Figure.of(
                "estimation.pybamm.soc.rms", 100 * pybamm.socRms(), "<=1", "%", "worst run after a cell's first two"));
        figures.addAll(drawn.figures());
        figures.add(Figure.of(
                "estimation.softshort.detected",
                100 * detected(),
                ">=95",
                "%",
                "leaks of C/200 to C/20, within twelve cycles or more"));
        figures.add(Figure.of(
                "estimation.softshort.false_alarms",
                falseAlarmsPerThousandHours(),
                "<=1",
                "per 1000 channel-h",
                String.format(Locale.ROOT, "in %.0f h without a leak", healthyHours())));
        return figures;
    }

    private double worst(ToDoubleFunction<EstimationResult> figure, double fromRate, double toRate) {
        double worst = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < cases.size(); k++) {
            if (cases.get(k).cRate() >= fromRate && cases.get(k).cRate() <= toRate) {
                double value = figure.applyAsDouble(results.get(k));
                // A case without a cell to count says nothing.
                worst = Double.isNaN(value) ? worst : Math.max(worst, value);
            }
        }
        return worst;
    }

    /** Of the design that is worst, over all its cells with a grown film. */
    private double worstFilm() {
        double worst = Double.NaN;
        for (String design :
                cases.stream().map(EstimationCase::design).distinct().toList()) {
            EstimationResult all = new EstimationResult();
            for (int k = 0; k < cases.size(); k++) {
                if (cases.get(k).design().equals(design)) {
                    all.add(results.get(k));
                }
            }
            worst = Double.isNaN(worst) ? all.filmError() : Math.max(worst, all.filmError());
        }
        return worst;
    }

    /** Cells chosen for their films are not among those that the bands are held against. */
    private EstimationResult together() {
        EstimationResult all = new EstimationResult();
        for (int k = 0; k < cases.size(); k++) {
            if (cases.get(k).leastFilmOhmCm2() <= 0) {
                all.add(results.get(k));
            }
        }
        return all;
    }

    private Published extreme(boolean smallest) {
        EstimationResult all = together();
        Comparator<Published> byCoverage =
                Comparator.comparingDouble(quantity -> all.of(quantity).coverage());
        return Arrays.stream(Published.values())
                .min(smallest ? byCoverage : byCoverage.reversed())
                .orElseThrow();
    }

    private String named(boolean smallest) {
        return extreme(smallest).label();
    }

    private double coverage(boolean smallest) {
        return together().of(extreme(smallest)).coverage();
    }

    private double detected() {
        double found = 0;
        int cells = 0;
        for (int k = 0; k < leaks.size(); k++) {
            if (leaks.get(k).leakCRate() >= 1 / WEAKEST_PROMISED_HOURS - 1e-12) {
                found += leakResults.get(k).found() * leaks.get(k).draws();
                cells += leaks.get(k).draws();
            }
        }
        return found / cells;
    }

    private double healthyHours() {
        return leakResults.stream()
                .mapToDouble(SoftShortCase.Result::healthyHours)
                .sum();
    }

    private double falseAlarmsPerThousandHours() {
        double calls =
                leakResults.stream().mapToInt(SoftShortCase.Result::falseCalls).sum();
        return 1000 * calls / healthyHours();
    }

    private Section estimates() {
        List<List<String>> rows = new ArrayList<>();
        for (int k = 0; k < cases.size(); k++) {
            EstimationResult r = results.get(k);
            rows.add(List.of(
                    cases.get(k).design(),
                    Table.number(cases.get(k).cRate()),
                    Integer.toString(cases.get(k).draws()),
                    Table.number(1e3 * r.of(Published.VOLTAGE).rms()),
                    Table.number(r.meanNormalisedSquare()),
                    Table.number(100 * r.of(Published.SOC).rms()),
                    Table.number(100 * r.of(Published.SOC).largest()),
                    Table.number(100 * r.capacityError()),
                    r.grownFilms() == 0 ? "-" : Table.number(100 * r.filmError()) + " (" + r.grownFilms() + ")",
                    r.thinFilms() == 0 ? "-" : Table.number(r.thinFilmErrorOhmCm2()) + " (" + r.thinFilms() + ")",
                    Integer.toString(r.restarts)));
        }
        return Section.of(
                "By design and rate",
                "A cycle charges to the upper limit, holds it down to C/20, rests, discharges to the lower limit, rests. The first, fourth, seventh and tenth cycle are check-ups at 1 C"
                        + " with pulses of ten seconds from 0.2 to 5 C at half charge. Most of the voltage's squared error is made by the last row or two of each discharge, where the open-circuit curve"
                        + " falls off a cliff within one logging interval. Left out are rows at which the lithium runs out, a collapse within milliseconds that is an event and no voltage to predict, and cells whose film alone takes more than 0.25 V at 1 C: they have reached their end and are passed over when cells are drawn. All cells age as they are cycled: films grow by up to 1 % and active material shrinks by up to 0.06 % a cycle. Film and contact lie in series"
                        + " and are both linear in the current: voltage tells their sum. The contacts of the calibrated cells differ by 0.33 ohm cm2 (one standard deviation), the model is off by 0.2, and films come out some 0.45 off: no filter tells"
                        + " a film of less than ten times that to a tenth. Pulses at temperatures far"
                        + " apart, or impedance, would; the error of such films stands in ohm cm2 and their band is held to"
                        + " cover them like any other. The film's figure counts cells whose film has grown to 4.5 ohm cm2. Among pouches drawn at random few have: the last"
                        + " rows are sets of such cells, drawn until enough of them were found. Number of cells in brackets.",
                new Table(
                        List.of(
                                "design",
                                "rate / C",
                                "cells",
                                "voltage RMS / mV",
                                "mean NIS",
                                "SOC RMS / %",
                                "SOC worst / %",
                                "capacity / %",
                                "grown film / %",
                                "thin film / ohm cm2",
                                "restarts"),
                        rows));
    }

    private Section bands() {
        List<List<String>> rows = new ArrayList<>();
        for (Published quantity : Published.values()) {
            List<String> row = new ArrayList<>(List.of(quantity.label(), quantity.unit()));
            for (EstimationResult r : results) {
                row.add(String.format(
                        Locale.ROOT,
                        "%.1f %% (RMS %s)",
                        100 * r.of(quantity).coverage(),
                        Table.number(quantity.perUnit() * r.of(quantity).rms())));
            }
            row.add(String.format(
                    Locale.ROOT, "%.1f %%", 100 * together().of(quantity).coverage()));
            rows.add(row);
        }
        List<String> header = new ArrayList<>(List.of("quantity", "unit"));
        cases.forEach(one -> header.add(one.design() + " at " + Table.number(one.cRate()) + " C"));
        header.add("together");
        return new Section(
                "What the 90 % bands cover",
                "No two cases share a cell. Widths were set on other draws than these, but for how fast capacity wanders and fades. Share of samples, after three cycles, at which the truth lies inside the published band. The parts of the voltage are counted while current flows; their truth is the reduced"
                        + " cell's with the true parameters, since the full-order model has no such parts. What stays the same for a cell (film, lithium, efficiency, leak, the resistive"
                        + " parts) has one independent trial for each cell, not for each sample: with thirty cells a share of 90 % is known to 5. Lithium and efficiency cannot be"
                        + " seen in the voltage while lithium is to spare: their band is the prior's, carried along with the charge. The end of the lithium"
                        + " is recognised: a voltage that collapses where the cathode's curve is flat and returns to the prediction at rest puts the lithium at its end, and its band narrows to a"
                        + " few hundredths of a milliampere hour (`LithiumExhaustionTest`). What would narrow it before: the same membrane on copper or without excess lithium, the thickness of the stack, or opening a sister cell. The twin's voltage offset is its"
                        + " model's own error; no cell has a truth of it.",
                List.of(new Table(header, rows)),
                List.of(coverageChart()));
    }

    private LineChart coverageChart() {
        EstimationResult all = together();
        double[] x = IntStream.rangeClosed(1, Published.values().length)
                .asDoubleStream()
                .toArray();
        double[] y = Arrays.stream(Published.values())
                .mapToDouble(quantity -> 100 * all.of(quantity).coverage())
                .toArray();
        double[] ends = {1, x.length};
        return new LineChart(
                "estimation-coverage",
                "What the 90 % bands cover, all cases together, in the order of the table",
                "row of the table",
                "covered / %",
                List.of(
                        new LineChart.Curve("covered", x, y, true),
                        new LineChart.Curve("at least", ends, new double[] {85, 85}, false),
                        new LineChart.Curve("at most", ends, new double[] {95, 95}, false)));
    }

    private static Section lockstep() {
        return new Section(
                "In lockstep",
                "A pouch whose film grows by 5 % and whose active material shrinks by 0.3 % a cycle, and its twin, which knows neither.",
                List.of(),
                LockstepPlot.run().charts());
    }
}
