package io.pouchtwin.cell.calibration;

import io.pouchtwin.cell.calibration.CoinProblem.Test;
import io.pouchtwin.cell.report.Figure;
import io.pouchtwin.cell.report.Section;
import io.pouchtwin.cell.report.ValidationReport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Computes the {@code calibration.*} figures and what stands behind them: {@code pouchtwin validate calibration}; writes docs/calibration.md. */
public final class CalibrationValidation {
    private static final int FINE_STEPS = 16;
    private static final int DRAWS = 20;
    private static final int QUICK_DRAWS = 4;
    private static final int QUICK_MEMBERS = 8;
    private static final int QUICK_WALK = 6;
    private static final int LEFT_OUT_MEMBERS = 12;

    private CalibrationValidation() {}

    /**
     * Calibrates anew and compares with the facts.
     *
     * @param quick fewer members and draws, nothing left out; the same computation otherwise
     * @param progress receives a line whenever a new part begins
     */
    public static ValidationReport run(boolean quick, Consumer<String> progress) {
        Calibration.Options standard = Calibration.Options.standard();
        Calibration.Options options =
                quick ? new Calibration.Options(standard.seed(), QUICK_MEMBERS, QUICK_WALK) : standard;
        return of(Calibration.run(options, progress), quick, progress);
    }

    /** The report on a calibration that has been run. */
    public static ValidationReport of(Calibration.Result result, boolean quick, Consumer<String> progress) {
        CoinProblem fine = CoinProblem.fine();
        List<Figure> figures = new ArrayList<>(rateFigures(result, fine));
        figures.addAll(lifeFigures(result, fine, progress));
        List<Recovery.Draw> draws =
                new Recovery(result.coins(), result.options().seed()).run(quick ? QUICK_DRAWS : DRAWS, progress);
        double inside = 100.0 * draws.stream().filter(Recovery.Draw::inside).count() / draws.size();
        figures.add(Figure.of(
                "calibration.recovery.inside_90",
                inside,
                "80..100",
                "%",
                "synthetic truths inside the 90 % region (" + draws.size() + " draws)"));
        CalibrationPage page = new CalibrationPage(result, progress);
        List<Section> sections = new ArrayList<>();
        sections.add(page.facts());
        sections.add(page.rates());
        sections.add(page.lives());
        sections.add(page.symmetric());
        sections.add(new ParameterFacts().section());
        PosteriorSections trust = new PosteriorSections(result, progress);
        sections.add(trust.posterior());
        sections.add(trust.blindSpots());
        sections.add(trust.recovery(draws));
        if (!quick) {
            sections.add(trust.leaveOneOut(LEFT_OUT_MEMBERS));
            sections.add(trust.mechanisms());
        }
        sections.add(page.limits());
        return new ValidationReport("Calibration to the paper", CalibrationPage.INTRODUCTION, figures, sections);
    }

    /** With the time steps of the twin, finer than the fit's. */
    private static List<Figure> rateFigures(Calibration.Result result, CoinProblem fine) {
        double[] v = fine.values(result.coinFit().scores());
        double sum = 0;
        double most = 0;
        for (int k = 0; k < CoinProblem.RATES.length; k++) {
            double off = fine.rateCapacity(v, CoinProblem.RATES[k])
                    - fine.data().get(k).value();
            sum = Math.fma(off, off, sum);
            most = Math.max(most, Math.abs(off));
        }
        double rms = Math.sqrt(sum / CoinProblem.RATES.length);
        return List.of(
                Figure.of("calibration.rate.rms", rms, "<=1.5", "mAh/g", "PPLA six-rate table"),
                Figure.of("calibration.rate.max", most, "<=2.5", "mAh/g", "largest single error of the six"));
    }

    /** With the time steps of the twin and finer steps through the life than the fit used. */
    private static List<Figure> lifeFigures(Calibration.Result result, CoinProblem coins, Consumer<String> progress) {
        progress.accept("lives with fine steps");
        double[] v = coins.values(result.coinFit().scores());
        double pouch = result.pouch()
                .fine()
                .life(result.pouch().values(result.pouchFit().scores()), 100, FINE_STEPS)
                .retention(100);
        return List.of(
                retention("ppla_1C_500", retention(coins, v, Test.PPLA_1C), "89..91"),
                retention("ppla_5C_1000", retention(coins, v, Test.PPLA_5C), "76.1..78.1"),
                retention("ppla_10C_1300", retention(coins, v, Test.PPLA_10C), "88.2..90.2"),
                retention("pouch_0.2C_100", 100 * pouch, "88.7..90.7"),
                retention("ppl_1C_500", retention(coins, v, Test.PPL_1C), "52.2..54.2"),
                Figure.of(
                        "calibration.life.pl_1C",
                        coins.lifeCycles(v, Test.PL_1C),
                        "105..115",
                        "cycle",
                        "cycles to failure of the PL coin"));
    }

    private static double retention(CoinProblem coins, double[] v, Test test) {
        return 100 * coins.live(v, test, test.cycles, FINE_STEPS).retention(test.cycles);
    }

    private static Figure retention(String name, double value, String bound) {
        return Figure.of("calibration.retention." + name, value, bound, "%", "at the most probable values");
    }
}
