package io.pouchtwin.cell.risk;

import java.util.List;
import java.util.Locale;

/**
 * How far a load is from what the membrane is known to bear: the first of the three views, which knows nothing of what the cell has gone through.
 *
 * @param currentOverCritical local current over effective critical current: 5 %, median, 95 % of the fit [1]
 * @param effectiveCriticalAPerM2 the effective critical current: 5 %, median, 95 % [A/m2]
 * @param currentOverReported local current over the critical current that the paper reports [1]
 * @param shareOfLimitingCurrent local current over the membrane's limiting current [1]
 * @param warning what has to be said aloud; empty if nothing
 */
public record DendriteMargin(
        Range currentOverCritical,
        Range effectiveCriticalAPerM2,
        double currentOverReported,
        double shareOfLimitingCurrent,
        String warning) {
    /** Above this multiple of the reported critical current the warning is given. */
    static final double SAID_ALOUD_FROM = 1;

    /** Share of the limiting current beyond which polymer cells short in ordinary charges (Monroe and Newman 2003). */
    static final double NEAR_THE_LIMIT = 0.75;

    /** A number with its 90 % interval. */
    public record Range(double low, double middle, double high) {}

    /** The margin of a load. */
    public static DendriteMargin of(
            Membrane membrane, PlatingLoad load, List<ShortLaw> laws, double limitingCurrentAPerM2) {
        double[] critical = laws.stream()
                .mapToDouble(law -> law.effectiveCritical(membrane, load))
                .sorted()
                .toArray();
        Range effective = new Range(at(critical, 0.05), at(critical, 0.5), at(critical, 0.95));
        double i = load.currentDensity();
        double overReported = i / membrane.reportedCriticalAPerM2();
        double limiting = i / limitingCurrentAPerM2;
        return new DendriteMargin(
                new Range(i / effective.high(), i / effective.middle(), i / effective.low()),
                effective,
                overReported,
                limiting,
                warning(membrane, i, overReported, limiting));
    }

    private static String warning(Membrane membrane, double i, double overReported, double limiting) {
        if (limiting >= NEAR_THE_LIMIT) {
            return String.format(
                    Locale.ROOT, "%.3g mA/cm2 is %.0f %% of the membrane's limiting current", i / 10, 100 * limiting);
        }
        if (overReported >= SAID_ALOUD_FROM) {
            return String.format(
                    Locale.ROOT,
                    "%.3g mA/cm2 is %.3g times the critical current density of %.3g mA/cm2 that is reported for %s",
                    i / 10,
                    overReported,
                    membrane.reportedCriticalAPerM2() / 10,
                    membrane);
        }
        return "";
    }

    private static double at(double[] ascending, double share) {
        return ascending[Math.min(ascending.length - 1, (int) (share * ascending.length))];
    }
}
