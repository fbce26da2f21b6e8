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

/** Computes the figures {@code estimation.*}, at the moment it runs. */
public final class EstimationValidation {
    /** A thin coin whose film grows fast, and the thin pouch whose film does not. */
    private static final List<String> DESIGNS = List.of("coin-ncm523-ppla", "pouch-5c-ncm523-ppla");

    private static final String DESIGN = "pouch-5c-ncm523-ppla";
    private static final double[] FULL_LEAK_HOURS = {20, 50, 100, 200, 500, 1000};
    private static final double[] QUICK_LEAK_HOURS = {20, 200};
    private static final double WEAKEST_PROMISED_HOURS = 200;

    private static final int CYCLES = 10;
    private static final int SETTLED_AFTER = 3;

    private final boolean quick;
    private final Consumer<String> progress;
    private final List<EstimationCase> cases = new ArrayList<>();
    private final List<EstimationResult> results = new ArrayList<>();
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

    private ValidationReport run() {
        int draws = quick ? 4 : 30;
        for (String design : DESIGNS) {
            for (double rate : quick ? new double[] {1, 5} : new double[] {0.5, 1, 2, 5}) {
                EstimationCase one = new EstimationCase(design, rate, draws, CYCLES, SETTLED_AFTER);
                cases.add(one);
                results.add(one.run(progress));
            }
        }
        leaks.add(new SoftShortCase(DESIGN, 0, quick ? 6 : 30, quick ? 12 : 20));
        for (double hours : quick ? QUICK_LEAK_HOURS : FULL_LEAK_HOURS) {
            leaks.add(new SoftShortCase(DESIGN, 1 / hours, quick ? 4 : 30, 20));
        }
        leaks.forEach(one -> leakResults.add(one.run(progress)));
        return new ValidationReport(
                "Estimation",
                "Cells of the full-order model, each with the parameters of one of the calibrated cells of its design and the spreads that the calibration leaves open, of an age"
                        + " between none and 500 cycles, with a healthy leak, on testers with noise and offsets. Each is followed by a twin that knows the design alone, begins with"
                        + " the first sample and runs on the reduced-order model. Made by `./pouchtwin validate estimation"
                        + (quick ? " --quick" : "") + "`.",
                figures(),
                List.of(estimates(), bands(), softShorts()));
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
                "estimation.capacity.err",
                100 * worst(EstimationResult::capacityError, 0, 5),
                "<=1",
                "%",
                "RMS over the cells after " + CYCLES + " cycles, worst rate and design"));
        figures.add(Figure.of(
                "estimation.film_resistance.err",
                100 * worst(EstimationResult::filmError, 0, 5),
                "<=10",
                "%",
                String.format(
                        Locale.ROOT,
                        "RMS over the cells with a film of %.0f ohm cm2 or more after %d cycles, worst rate; for thinner films see the table",
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
                "best published state, all rates and designs together: " + named(false)));
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

    private EstimationResult together() {
        EstimationResult all = new EstimationResult();
        results.forEach(all::add);
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
                        + " with pulses of ten seconds from 0.2 to 5 C at half charge. The voltage's error is dominated by the last point of each discharge, where the open-circuit curve"
                        + " falls off a cliff within one logging interval. Film and contact lie in series and are both linear in the current: voltage tells their sum. A film as thin as"
                        + " the contact's spread (0.8 against 0.8 +- 0.2 ohm cm2 in a new cell, 1 mV of 100 mV at 1 C) cannot be told from it to a tenth by any filter, only pulses at"
                        + " temperatures far apart, or impedance, would; the error of such films stands in ohm cm2 and their band is held to cover them like any other. The film's"
                        + " figure counts cells whose film has grown. Number of cells in brackets.",
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
        return Section.of(
                "What the 90 % bands cover",
                "Share of samples, after three cycles, at which the truth lies inside the published band. The parts of the voltage are counted while current flows; their truth is the reduced"
                        + " cell's with the true parameters, since the full-order model has no such parts. What stays the same for a cell (film, lithium, efficiency, leak, the resistive"
                        + " parts) has one independent trial for each cell, not for each sample: with thirty cells a share of 90 % is known to 5. Lithium and efficiency cannot be"
                        + " seen in the voltage while lithium is to spare: their band is the prior's, carried along with the charge. The end of the lithium itself is not yet recognised"
                        + " when the twin believed in much: a discharge that stops for want of lithium leaves the band as it was. What would"
                        + " narrow it before: the same membrane on copper or without excess lithium, the thickness of the stack, or opening a sister cell. The twin's voltage offset is its"
                        + " model's own error; no cell has a truth of it.",
                new Table(header, rows));
    }

    private Section softShorts() {
        List<List<String>> rows = new ArrayList<>();
        int n = leaks.size() - 1;
        double[] x = new double[n];
        double[] y = new double[n];
        for (int k = 0; k < leaks.size(); k++) {
            SoftShortCase.Result r = leakResults.get(k);
            double rate = leaks.get(k).leakCRate();
            rows.add(List.of(
                    rate == 0 ? "none" : "C/" + Table.number(1 / rate),
                    Integer.toString(leaks.get(k).draws()),
                    rate == 0 ? "-" : Table.number(100 * r.found()),
                    rate == 0 ? "-" : Table.number(r.medianDelayCycles()),
                    Integer.toString(r.falseCalls()),
                    Table.number(r.healthyHours())));
            if (k > 0) {
                x[k - 1] = 1 / rate;
                y[k - 1] = 100 * r.found();
            }
        }
        return new Section(
                "Soft shorts",
                "Cycles at 1 C; the leak begins at a random cycle after the fourth. The testers' currents have offsets of C/2000 (one standard deviation), films grow by 0.5 % and"
                        + " active material shrinks by 0.03 % a cycle. Called when the charge balance and the drift at rest have both spoken.",
                List.of(new Table(
                        List.of(
                                "leak",
                                "cells",
                                "found / %",
                                "median delay / cycles",
                                "false calls",
                                "hours without leak"),
                        rows)),
                List.of(new LineChart(
                        "estimation-softshort",
                        "Soft shorts found within twenty cycles",
                        "1 C over the leak current / h",
                        "found / %",
                        List.of(new LineChart.Curve("found", x, y, false)))));
    }
}
