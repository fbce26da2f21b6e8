package io.pouchtwin.twin.forecast.validation;

import io.pouchtwin.cell.report.LineChart;
import io.pouchtwin.cell.report.Section;
import io.pouchtwin.cell.report.Table;
import io.pouchtwin.cell.risk.DendriteMargin;
import io.pouchtwin.cell.risk.HazardFit;
import io.pouchtwin.cell.risk.InterfaceStability;
import io.pouchtwin.cell.risk.InterfaceStability.Pores;
import io.pouchtwin.cell.risk.Membrane;
import io.pouchtwin.cell.risk.PlatingLoad;
import io.pouchtwin.cell.risk.ShortEvidence;
import io.pouchtwin.cell.risk.deposition.Deposition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The part of the page about shorts and the lithium surface. */
final class RiskSections {
    private static final double THICKNESS_M = 8.4e-6;
    private static final double FILM_OHM_M2 = 0.8e-4;
    private static final double CURRENT = 10;
    private static final double SECONDS = 3000;
    private static final double LITHIUM_M3_PER_MOL = 1.3e-5;
    private static final double TEMPERATURE_K = 298.15;

    private RiskSections() {}

    static Section hazard() {
        HazardFit fit = HazardFit.toThePaper();
        List<List<String>> rows = new ArrayList<>();
        for (HazardFit.Check check : fit.checks()) {
            boolean ramp = check.evidence() instanceof ShortEvidence.Ramp;
            double unit = ramp ? 0.1 : 1.0 / 3600;
            rows.add(List.of(
                    check.evidence().fact(),
                    check.evidence().what(),
                    (check.evidence().censored() ? "> " : "") + Table.number(unit * check.seen()),
                    ramp ? "mA/cm2" : "h of plating",
                    Table.number(unit * check.low()) + " to " + Table.number(unit * check.high()),
                    Table.number(100 * check.shareShortedBySeen()),
                    check.inside() ? "yes" : "NO"));
        }
        PlatingLoad fiveC = new PlatingLoad(220, 4.03 * 36_000, TEMPERATURE_K, 297e-4);
        DendriteMargin margin = DendriteMargin.of(Membrane.PPLA, fiveC, fit.laws(128), 1190);
        return Section.of(
                "Shorts against the paper's evidence",
                String.format(
                        Locale.ROOT,
                        "Weibull lives with cumulative exposure, weakest link over the area and strengths that scatter from cell to cell, fitted to everything the paper says of shorts and of cells that had none. The interval is that of further such"
                                + " cells; for a survivor the share that would have shorted by then must not be above 95 %%. Intervals are wide because the evidence is thin: the result is an index. Agreement of the four chains (1 at best): %.2f."
                                + " How the coins and ramps were made is assumed (12 mm discs, 3 mg/cm2, half cycles of half an hour) with spreads; that the PL coin that failed at 110 cycles had a short is not stated, so it counts as a survivor until"
                                + " then.%n%nAt 5 C on 22 mg/cm2 the program says: \"%s\".",
                        fit.worstScaleReduction(),
                        margin.warning()),
                new Table(
                        List.of(
                                "fact",
                                "what",
                                "seen",
                                "unit",
                                "90 % of further cells",
                                "shorted by then / %",
                                "inside"),
                        rows));
    }

    static Section stability() {
        List<List<String>> rows = new ArrayList<>();
        List<LineChart.Curve> curves = new ArrayList<>();
        for (Membrane m : Membrane.values()) {
            Pores pores = Pores.of(m);
            Deposition.Result full = Deposition.run(
                    new Deposition.Setting(
                            m.conductivitySPerM(),
                            THICKNESS_M,
                            m.exchangeCurrentAPerM2(),
                            FILM_OHM_M2,
                            TEMPERATURE_K,
                            pores,
                            0,
                            CURRENT,
                            LITHIUM_M3_PER_MOL),
                    SECONDS);
            InterfaceStability reduced = new InterfaceStability(
                    m.conductivitySPerM(),
                    THICKNESS_M,
                    FILM_OHM_M2
                            + InterfaceStability.kineticResistance(m.exchangeCurrentAPerM2(), CURRENT, TEMPERATURE_K),
                    LITHIUM_M3_PER_MOL);
            double[] profile = reduced.profile(pores, CURRENT, CURRENT * SECONDS, full.positionM().length);
            rows.add(List.of(
                    m.name(),
                    Table.number(100 * Deposition.Result.variation(full.ratioAtEnd())),
                    Table.number(100 * Deposition.Result.variation(profile)),
                    Table.number(Deposition.Result.peak(full.ratioAtEnd())),
                    Table.number(Deposition.Result.peak(profile)),
                    reduced.over(CURRENT, CURRENT * SECONDS, pores)
                            .verdict()
                            .name()
                            .toLowerCase(Locale.ROOT)));
            double[] micrometre = full.positionM().clone();
            for (int k = 0; k < micrometre.length; k++) {
                micrometre[k] *= 1e6;
            }
            curves.add(new LineChart.Curve(m + ", two dimensions", micrometre, full.ratioAtEnd(), false));
            curves.add(new LineChart.Curve(m + ", reduced", micrometre, profile, true));
        }
        return new Section(
                "Evenness of the current on lithium after 3000 s",
                "Deposition at 1 mA/cm2 in two dimensions (finite elements, nonlinear kinetics, moving surface) against the reduced model of linear stability. The paper's figure shows even current on PPLA and uneven current on PPL and PL, whose"
                        + " solvent leaves pores. It gives no pore sizes: radii of 1.0 um (PPL) and 1.5 um (PL) every 20 um, touching the lithium, are assumed, and so is their membranes' thickness; the contrast follows from these, its size with them.",
                List.of(new Table(
                        List.of(
                                "membrane",
                                "variation, two dimensions / %",
                                "variation, reduced / %",
                                "peak over mean, two dimensions",
                                "peak over mean, reduced",
                                "verdict"),
                        rows)),
                List.of(new LineChart(
                        "prediction-evenness",
                        "Current along the lithium after 3000 s",
                        "distance from the middle of a pore / um",
                        "local over mean current",
                        curves)));
    }
}
