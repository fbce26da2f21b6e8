package io.pouchtwin.twin.forecast.validation;

import io.pouchtwin.cell.report.LineChart;
import io.pouchtwin.cell.report.Section;
import io.pouchtwin.cell.report.Table;
import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.contracts.v1.ForecastBasis;
import io.pouchtwin.contracts.v1.ForecastPoint;
import io.pouchtwin.twin.forecast.validation.Fate.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The part of the page that tells how the lives came out. */
final class LifeSections {
    private LifeSections() {}

    static List<Section> of(List<LifeScore> lives) {
        return List.of(remaining(lives), byMode(lives), fans(lives), shorts(lives));
    }

    private static Section remaining(List<LifeScore> lives) {
        List<List<String>> rows = new ArrayList<>();
        List<LineChart.Curve> curves = new ArrayList<>();
        for (Mode mode : Mode.values()) {
            List<LifeScore> some = lives.stream()
                    .filter(PredictionValidation.seen(mode))
                    .filter(life -> life.atHalfLife().exists())
                    .toList();
            for (LifeScore life : some) {
                LifeScore.AtHalfLife half = life.atHalfLife();
                rows.add(List.of(
                        mode.label(),
                        Integer.toString(life.endCycle()),
                        Table.number(half.truth()),
                        Table.number(half.forecast().getP50()),
                        Table.number(half.forecast().getP05()) + " to "
                                + Table.number(half.forecast().getP95()),
                        Table.number(100 * half.error()),
                        half.inside() ? "yes" : "NO"));
            }
            if (!some.isEmpty()) {
                curves.add(new LineChart.Curve(
                        mode.label(),
                        some.stream().mapToDouble(l -> l.atHalfLife().truth()).toArray(),
                        some.stream()
                                .mapToDouble(l -> l.atHalfLife().forecast().getP50())
                                .toArray(),
                        true));
            }
        }
        double most = rows.isEmpty()
                ? 1
                : lives.stream()
                        .filter(l -> l.atHalfLife().exists())
                        .mapToDouble(l -> l.atHalfLife().truth())
                        .max()
                        .orElse(1);
        curves.add(new LineChart.Curve("right", new double[] {0, most}, new double[] {0, most}, false));
        return new Section(
                "Remaining life at half life",
                "Cycles to 80 % of the first complete discharge, as forecast nearest to half of the life. Where lithium runs out nothing can be seen coming: there the interval has to say so, and is wide.",
                List.of(new Table(
                        List.of(
                                "mode",
                                "life / cycles",
                                "remained",
                                "forecast",
                                "90 % interval",
                                "error / %",
                                "inside"),
                        rows)),
                List.of(new LineChart(
                        "prediction-remaining-life",
                        "Remaining life at half life",
                        "truth / cycles",
                        "median of the forecast / cycles",
                        curves)));
    }

    private static Section byMode(List<LifeScore> lives) {
        List<List<String>> rows = new ArrayList<>();
        for (Mode mode : Mode.values()) {
            List<LifeScore> some =
                    lives.stream().filter(PredictionValidation.seen(mode)).toList();
            double[] errors = some.stream()
                    .filter(l -> l.atHalfLife().exists())
                    .mapToDouble(l -> 100 * Math.abs(l.atHalfLife().error()))
                    .sorted()
                    .toArray();
            double scored = sum(some, l -> l.own().getScored());
            double remaining = sum(some, LifeScore::remaining);
            rows.add(List.of(
                    mode.label(),
                    Integer.toString(some.size()),
                    errors.length == 0 ? "-" : Table.number(PredictionValidation.median(errors)),
                    percent(sum(some, l -> l.own().getScored() * l.own().getCoverage90()), scored),
                    percent(sum(some, LifeScore::remainingInside), remaining),
                    scored == 0
                            ? "-"
                            : Table.number(100
                                    * sum(
                                            some,
                                            l -> l.own().getScored() * l.own().getCrps())
                                    / scored)));
        }
        return Section.of(
                "By what leads to the end",
                "Coverage of the 90 % intervals over all forecasts of a kind: capacity 1, 10 and 50 cycles ahead, remaining life from the fifth cycle on. Successive forecasts of one life err alike, so these shares are of fewer independent"
                        + " cases than they seem. From the moment that a short is judged critical, discharges are no measure of capacity: forecasts made or coming due after it are not scored. A leak that"
                        + " has begun and is not critical yet does count. The figures above pool the modes; a mode alone may be outside of their bounds, as this table says.",
                new Table(
                        List.of(
                                "mode",
                                "lives",
                                "remaining life at half life, median error / %",
                                "capacity inside / %",
                                "remaining life inside / %",
                                "CRPS of capacity / %"),
                        rows));
    }

    private static double sum(List<LifeScore> lives, ToDoubleFunction<LifeScore> what) {
        return lives.stream().mapToDouble(what).sum();
    }

    private static String percent(double part, double whole) {
        return whole == 0 ? "-" : String.format(Locale.ROOT, "%.1f (of %.0f)", 100 * part / whole, whole);
    }

    /** One life of each kind with the forecasts made at a quarter and at half of it. */
    private static Section fans(List<LifeScore> lives) {
        List<LineChart> charts = new ArrayList<>();
        for (Mode mode : List.of(Mode.RESISTANCE, Mode.CATHODE, Mode.INVENTORY)) {
            lives.stream()
                    .filter(PredictionValidation.seen(mode))
                    .filter(life -> life.endCycle() > 0)
                    .findFirst()
                    .ifPresent(life -> charts.add(fan(mode, life)));
        }
        return new Section(
                "Fans",
                "Discharges as they came, and the 5, 50 and 95 % quantiles forecast at a quarter and at half of the life.",
                List.of(),
                charts);
    }

    private static LineChart fan(Mode mode, LifeScore life) {
        List<LineChart.Curve> curves = new ArrayList<>();
        List<ForecastBasis> bases = life.record().bases().stream()
                .filter(ForecastBasis::getComplete)
                .toList();
        double reference = life.forecasts().get(0).getReferenceCapacityAh();
        curves.add(new LineChart.Curve(
                "came",
                bases.stream().mapToDouble(ForecastBasis::getCycleCount).toArray(),
                bases.stream()
                        .mapToDouble(b -> 100 * b.getDischargeAh() / reference)
                        .toArray(),
                true));
        for (double share : new double[] {0.25, 0.5}) {
            Forecast from =
                    life.forecasts().get((int) (share * (life.forecasts().size() - 1)));
            List<ForecastPoint> points = from.getPointsList().stream()
                    .filter(p -> p.getCycle() <= 1.3 * life.endCycle())
                    .toList();
            double[] x = points.stream().mapToDouble(ForecastPoint::getCycle).toArray();
            String at = "from cycle " + from.getCycleCount() + ", ";
            curves.add(new LineChart.Curve(
                    at + "5 %", x, of(points, p -> p.getCapacityAh().getP05(), reference), false));
            curves.add(new LineChart.Curve(
                    at + "50 %", x, of(points, p -> p.getCapacityAh().getP50(), reference), false));
            curves.add(new LineChart.Curve(
                    at + "95 %", x, of(points, p -> p.getCapacityAh().getP95(), reference), false));
        }
        return new LineChart(
                "prediction-fan-" + mode.name().toLowerCase(Locale.ROOT),
                "What leads to the end: " + mode.label(),
                "cycle",
                "discharge / % of the first",
                curves);
    }

    private static double[] of(List<ForecastPoint> points, ToDoubleFunction<ForecastPoint> what, double reference) {
        return points.stream()
                .mapToDouble(p -> 100 * what.applyAsDouble(p) / reference)
                .toArray();
    }

    private static Section shorts(List<LifeScore> lives) {
        List<List<String>> rows = new ArrayList<>();
        int falseCalls = 0;
        double hours = 0;
        for (LifeScore life : lives) {
            LifeRecord r = life.record();
            double healthyUntil = Math.min(r.leakFromH(), r.endH());
            hours += healthyUntil;
            falseCalls += life.criticalAtH() < healthyUntil ? 1 : 0;
            if (r.fate().mode() == Mode.SHORT) {
                rows.add(List.of(
                        hour(r.leakFromH()),
                        hour(life.criticalAtH()),
                        hour(r.shortedAtH()),
                        hour(r.shortedAtH() - life.criticalAtH()),
                        Table.number(r.fate().leakGrowthPerCycle())));
            }
        }
        return Section.of(
                "Soft, then hard shorts",
                String.format(
                        Locale.ROOT,
                        "A leak begins at C/400 or so and grows by a share per cycle until it is a hard short. Critical is what `ShortRule` says on every row's evidence for a soft short and on every forecast. Critical judgements without a leak: %d in %.0f"
                                + " channel-hours of all lives, %.2f per 1000 channel-hours.",
                        falseCalls,
                        hours,
                        1000 * falseCalls / hours),
                new Table(
                        List.of(
                                "leak from / h",
                                "critical at / h",
                                "hard short at / h",
                                "lead time / h",
                                "growth of ln(leak) per cycle"),
                        rows));
    }

    private static String hour(double h) {
        return Double.isFinite(h) ? String.format(Locale.ROOT, "%.1f", h) : "never";
    }
}
