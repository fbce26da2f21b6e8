package io.pouchtwin.twin.forecast.validation;

import io.pouchtwin.cell.report.Figure;
import io.pouchtwin.cell.report.Section;
import io.pouchtwin.cell.report.ValidationReport;
import io.pouchtwin.twin.forecast.validation.Fate.Mode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** {@code pouchtwin validate prediction}: forecasts against simulated lives, shorts against the paper, stability against two dimensions. */
public final class PredictionValidation {
    private static final Map<Mode, Integer> ALL =
            Map.of(Mode.RESISTANCE, 10, Mode.CATHODE, 10, Mode.INVENTORY, 8, Mode.SHORT, 10, Mode.NONE, 6);
    private static final Map<Mode, Integer> QUICK =
            Map.of(Mode.RESISTANCE, 1, Mode.CATHODE, 1, Mode.INVENTORY, 1, Mode.SHORT, 1, Mode.NONE, 1);

    /** The forecaster's noise was chosen on lives with smaller seeds. */
    private static final int FIRST_SEED = 100;

    private static final String WHAT =
            " full-order cells (the 5 C pouch; each third one that resistance, its cathode or a short ends is a coin), each with parameters of its own that the twin does not know, are cycled at 5 C from fresh, every cycle simulated in full order on"
                    + " the coarse mesh and every row passed through the twin. Between cycles they age by laws of the same kind as the twin's with exponents and a drift of their own, in a chamber that is off its set point by 0.15 K (standard deviation) from cycle to cycle. Where resistance or the cathode leads, ageing is ten to a"
                    + " hundred times that of the paper's cells, so that a life takes 40 to 260 cycles and not thousands. Where lithium runs out nothing is shortened: the foil is the designed one of 20 um, within 5 %, and 1 to 4.81 % of"
                    + " what is plated is lost, between what the paper's pouch needs to have lasted and its Li||Cu cell; the twin believes in losses between the calibrated ones and that same cell's, so that lives and belief share one end. A hard short is a leak of 1 C. What the forecaster takes for noise was chosen on other lives of the same kinds. A life"
                    + " that has not fallen to 80 % after 260 cycles (lithium: 620) is watched no further: its forecasts of capacity are scored, its remaining life cannot be.";

    private PredictionValidation() {}

    /**
     * Runs everything.
     *
     * @param quick one life of each kind only
     * @param progress receives a line per life
     */
    public static ValidationReport run(boolean quick, Consumer<String> progress) {
        List<LifeScore> lives = live(quick ? QUICK : ALL, progress);
        List<Section> sections = new ArrayList<>(LifeSections.of(lives));
        progress.accept("shorts and interface stability");
        sections.add(RiskSections.hazard());
        sections.add(RiskSections.stability());
        return new ValidationReport(
                "Forecasts against lives whose end is known",
                "Computed by `./pouchtwin validate prediction`. " + lives.size() + WHAT,
                figures(lives),
                sections);
    }

    private static List<LifeScore> live(Map<Mode, Integer> counts, Consumer<String> progress) {
        record Job(Mode mode, int seed) {}
        List<Job> jobs = Arrays.stream(Mode.values())
                .flatMap(
                        mode -> IntStream.range(0, counts.getOrDefault(mode, 0)).mapToObj(k -> new Job(mode, k)))
                .toList();
        AtomicInteger done = new AtomicInteger();
        return jobs.parallelStream()
                .map(job -> {
                    LifeRecord life = LifeRecord.of(job.mode(), FIRST_SEED + job.seed());
                    LifeScore score = LifeScore.of(life, LifeScore.knowledge(life.fate()));
                    progress.accept(String.format(
                            "life %d of %d (%s, %d cycles)",
                            done.incrementAndGet(),
                            jobs.size(),
                            job.mode().label(),
                            life.bases().size()));
                    return score;
                })
                .toList();
    }

    private static List<Figure> figures(List<LifeScore> lives) {
        double[] errors = lives.stream()
                .filter(seen(Mode.RESISTANCE).or(seen(Mode.CATHODE)))
                .filter(life -> life.atHalfLife().exists())
                .mapToDouble(life -> 100 * Math.abs(life.atHalfLife().error()))
                .sorted()
                .toArray();
        double scored = 0;
        double inside = 0;
        for (LifeScore life : lives) {
            scored += life.own().getScored() + life.remaining();
            inside += life.own().getScored() * life.own().getCoverage90() + life.remainingInside();
        }
        List<LifeScore> shorts = lives.stream()
                .filter(seen(Mode.SHORT))
                .filter(life -> Double.isFinite(life.record().shortedAtH()))
                .toList();
        double before = shorts.stream()
                .filter(life -> life.criticalAtH() < life.record().shortedAtH())
                .count();
        double healthy = lives.stream()
                .filter(seen(Mode.NONE))
                .filter(life -> Double.isFinite(life.criticalAtH()))
                .count();
        return List.of(
                Figure.of(
                        "prediction.rul.median_abs_err",
                        median(errors),
                        "<=10",
                        "%",
                        "remaining life at half life, " + errors.length + " lives led by resistance or cathode loss"),
                Figure.of(
                        "prediction.coverage90",
                        100 * inside / scored,
                        "85..95",
                        "%",
                        "all forecasts of capacity (1, 10, 50 cycles ahead) and of remaining life, "
                                + Math.round(scored)),
                Figure.of(
                        "prediction.short.critical_before_hard",
                        shorts.isEmpty() ? Double.NaN : 100 * before / shorts.size(),
                        ">=90",
                        "%",
                        shorts.size() + " hard shorts"),
                Figure.of(
                        "prediction.healthy.critical_alarms",
                        healthy,
                        "<=0",
                        "1",
                        "cells that never fail: "
                                + lives.stream().filter(seen(Mode.NONE)).count()));
    }

    static Predicate<LifeScore> seen(Mode mode) {
        return life -> life.record().fate().mode() == mode;
    }

    static double median(double[] ascending) {
        int n = ascending.length;
        return n == 0
                ? Double.NaN
                : DoubleStream.of(ascending[(n - 1) / 2], ascending[n / 2])
                        .average()
                        .orElse(Double.NaN);
    }
}
