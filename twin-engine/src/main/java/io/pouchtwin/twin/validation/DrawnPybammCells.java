package io.pouchtwin.twin.validation;

import io.pouchtwin.cell.report.Figure;
import io.pouchtwin.cell.report.Section;
import io.pouchtwin.cell.report.Table;
import io.pouchtwin.cell.validation.DrawnReference;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.contracts.v1.TwinState;
import io.pouchtwin.twin.CellTwin;
import io.pouchtwin.twin.TwinOutcome;
import io.pouchtwin.twin.ensemble.ReducedCellModels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Cells with drawn parameters that another program made and cycled, each followed by a twin that knows the design alone:
 * the same figures as for the cells of the full-order model.
 */
final class DrawnPybammCells {
    private static final int SETTLED_AFTER = 3;

    /** What PyBaMM's cells have: they do not leak, lose no lithium and plate all of it. */
    private static final List<Published> QUANTITIES = List.of(
            Published.VOLTAGE,
            Published.TEMPERATURE,
            Published.SOC,
            Published.SURFACE_STOICHIOMETRY,
            Published.LITHIUM_KINETIC,
            Published.FILM,
            Published.MEMBRANE,
            Published.CATHODE_KINETIC,
            Published.ELECTROLYTE,
            Published.PARTICLE_DIFFUSION,
            Published.CONTACT,
            Published.FILM_RESISTANCE,
            Published.CAPACITY,
            Published.RESISTANCE);

    /** A design, and the rate of a cycle; the rate 0 is all of them and the end. */
    private record Group(String design, double cRate) implements Comparable<Group> {
        @Override
        public int compareTo(Group other) {
            int byDesign = design.compareTo(other.design);
            return byDesign != 0 ? byDesign : Double.compare(cRate, other.cRate);
        }
    }

    /** Errors of the samples of one rate. */
    private static final class Tallies {
        private final EstimationResult estimates = new EstimationResult();

        /** Without what is below the knee of a discharge, where the curve falls by a volt within a percent of the charge. */
        private final ErrorTally offTheCliff = new ErrorTally();

        private int cells;
    }

    private static final double CLIFF_V = 3.35;

    private final TreeMap<Group, Tallies> groups = new TreeMap<>();

    /**
     * Runs the cells.
     *
     * @param most cells of each design
     */
    static DrawnPybammCells run(int most, Consumer<String> progress) {
        DrawnPybammCells all = new DrawnPybammCells();
        ReducedCellModels models = ReducedCellModels.shipped();
        List<String> names = DrawnReference.names();
        List<String> taken = names.stream()
                .filter(name -> Integer.parseInt(name.substring(name.length() - 2)) < most)
                .toList();
        List<DrawnPybammCells> each = taken.parallelStream()
                .map(name -> {
                    DrawnPybammCells one = follow(models, name);
                    progress.accept("PyBaMM's " + name);
                    return one;
                })
                .collect(Collectors.toList());
        each.forEach(all::add);
        return all;
    }

    private static DrawnPybammCells follow(ReducedCellModels models, String name) {
        DrawnPybammCells one = new DrawnPybammCells();
        DrawnReference reference = DrawnReference.load(name);
        String design = reference.parameters().design();
        PybammBench bench = new PybammBench(reference);
        CellTwin twin = EstimationCase.twin(models, design, "pybamm-" + name);
        Tallies end = one.of(new Group(design, 0));
        end.cells++;
        int last = reference.curve().size();
        double[] rates = new double[1 + reference.cycle()[last - 1]];
        for (int cycle = 1; cycle < rates.length; cycle++) {
            rates[cycle] = bench.cRate(cycle);
        }
        bench.run((sample, truth) -> {
            TwinState state = ((TwinOutcome.Advanced) twin.accept("drawn", sample)).state();
            if (sample.getCycleCount() > SETTLED_AFTER) {
                one.count(one.of(new Group(design, rates[sample.getCycleCount()])), sample, state, truth);
                one.count(end, sample, state, truth);
            }
            if (sample.getSequence() == last) {
                end.estimates.end(state, truth);
            }
        });
        one.groups.values().forEach(tallies -> tallies.cells = 1);
        return one;
    }

    private void count(Tallies tallies, Sample sample, TwinState state, Truth truth) {
        tallies.estimates.settled(state, truth);
        if (sample.getCurrentA() >= 0 || sample.getVoltageV() > CLIFF_V) {
            tallies.offTheCliff.add(state.getVoltagePredictedV(), sample.getVoltageV());
        }
    }

    private Tallies of(Group group) {
        return groups.computeIfAbsent(group, any -> new Tallies());
    }

    private void add(DrawnPybammCells other) {
        other.groups.forEach((group, tallies) -> {
            Tallies mine = of(group);
            mine.estimates.add(tallies.estimates);
            mine.offTheCliff.add(tallies.offTheCliff);
            mine.cells += tallies.cells;
        });
    }

    List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        String drawn = " of PyBaMM's drawn cells, after three cycles";
        figures.add(Figure.of(
                "estimation.pybamm.drawn.voltage.rms_le2C",
                1e3 * worst(r -> r.estimates.of(Published.VOLTAGE).rms(), 0.1, 2),
                "<=5",
                "mV",
                "one step ahead, worst design and rate up to 2 C" + drawn));
        figures.add(Figure.of(
                "estimation.pybamm.drawn.voltage.rms_5C",
                1e3 * worst(r -> r.estimates.of(Published.VOLTAGE).rms(), 5, 5),
                "<=10",
                "mV",
                "same at 5 C"));
        figures.add(Figure.of(
                "estimation.pybamm.drawn.soc.rms",
                100 * worst(r -> r.estimates.of(Published.SOC).rms(), 0.1, 5),
                "<=1",
                "%",
                "worst design and rate" + drawn));
        figures.add(Figure.of(
                "estimation.pybamm.drawn.soc.max",
                100 * worst(r -> r.estimates.of(Published.SOC).largest(), 0.1, 5),
                "<=2",
                "%",
                "worst sample" + drawn));
        figures.add(Figure.of(
                "estimation.pybamm.drawn.capacity.err",
                100 * worst(r -> r.estimates.capacityError(), 0, 0),
                "<=1",
                "%",
                "RMS over the cells after ten cycles, worst design"));
        figures.add(Figure.of(
                "estimation.pybamm.drawn.film_resistance.err",
                100 * together().filmError(),
                "<=10",
                "%",
                String.format(
                        Locale.ROOT,
                        "RMS over the cells with a film of %.1f ohm cm2 or more after ten cycles, all designs together",
                        EstimationResult.TELLING_FILM_OHM_CM2)));
        figures.add(Figure.of(
                "estimation.pybamm.drawn.coverage90.min",
                100 * coverage(extreme(true)),
                ">=85",
                "%",
                "worst published state" + drawn + ": " + extreme(true).label()));
        figures.add(Figure.of(
                "estimation.pybamm.drawn.coverage90.max",
                100 * coverage(extreme(false)),
                "<=95",
                "%",
                "most covered published state" + drawn + ": " + extreme(false).label()));
        return figures;
    }

    private double worst(ToDoubleFunction<Tallies> figure, double fromRate, double toRate) {
        return groups.entrySet().stream()
                .filter(entry ->
                        entry.getKey().cRate() >= fromRate && entry.getKey().cRate() <= toRate)
                .mapToDouble(entry -> figure.applyAsDouble(entry.getValue()))
                .filter(value -> !Double.isNaN(value))
                .max()
                .orElse(Double.NaN);
    }

    private EstimationResult together() {
        EstimationResult all = new EstimationResult();
        groups.forEach((group, tallies) -> {
            if (group.cRate() == 0) {
                all.add(tallies.estimates);
            }
        });
        return all;
    }

    private double coverage(Published quantity) {
        return together().of(quantity).coverage();
    }

    private Published extreme(boolean smallest) {
        Comparator<Published> byCoverage = Comparator.comparingDouble(this::coverage);
        return QUANTITIES.stream()
                .min(smallest ? byCoverage : byCoverage.reversed())
                .orElseThrow();
    }

    /** The part of the page. */
    Section section() {
        return Section.of(
                "Drawn cells made by PyBaMM",
                "Cells that PyBaMM's DFN cycled (`cell-model/reference/make_drawn_cells.py`), their parameters drawn by a second reading of the same spreads and posteriors, in Python;"
                        + " films of an age between none and 500 cycles; no leak, no ageing while they are cycled. Ten cycles each of charge, hold, rest, discharge and rest, read with"
                        + " the same noise and offsets as above, each followed by a twin that knows the design alone. Rows are those of a tester that logs when the voltage has moved by 10 mV or a minute"
                        + " (at higher rates a shorter time) has passed: below the knee of a discharge, where"
                        + " the voltage falls by half a volt within a percent of the charge, lies a third of all rows of a discharge, not one or two as with an interval alone. Errors are shown"
                        + " with these rows and without the ones below "
                        + Table.number(CLIFF_V)
                        + " V. The truth of the parts of the voltage is the reduced cell's with the true parameters, as above. What the twin believes on the cliff, while particles relax and where the salt runs out, and how wide its bands are beyond their members,"
                        + " was chosen on the cells of earlier draws, but for how fast capacity wanders and a share of the state of charge's: those with these in view. After three cycles; at the end of all for capacity and film. Coverage counts all samples after three cycles.",
                errors(),
                coverage());
    }

    private Table errors() {
        List<List<String>> rows = new ArrayList<>();
        groups.forEach((group, t) -> {
            EstimationResult r = t.estimates;
            boolean all = group.cRate() == 0;
            rows.add(List.of(
                    group.design(),
                    all ? "all" : Table.number(group.cRate()),
                    Integer.toString(t.cells),
                    Long.toString(r.of(Published.VOLTAGE).count()),
                    Table.number(1e3 * r.of(Published.VOLTAGE).rms()),
                    Table.number(1e3 * t.offTheCliff.rms()),
                    Table.number(r.meanNormalisedSquare()),
                    Table.number(100 * r.of(Published.SOC).rms()),
                    Table.number(100 * r.of(Published.SOC).largest()),
                    all ? Table.number(100 * r.capacityError()) : "",
                    !all || r.grownFilms() == 0 ? "" : Table.number(100 * r.filmError()) + " (" + r.grownFilms() + ")",
                    !all || r.thinFilms() == 0
                            ? ""
                            : Table.number(r.thinFilmErrorOhmCm2()) + " (" + r.thinFilms() + ")"));
        });
        return new Table(
                List.of(
                        "design",
                        "rate / C",
                        "cells",
                        "rows",
                        "voltage RMS / mV",
                        "off the cliff / mV",
                        "mean NIS",
                        "SOC RMS / %",
                        "SOC worst / %",
                        "capacity / %",
                        "grown film / %",
                        "thin film / ohm cm2"),
                rows);
    }

    private Table coverage() {
        List<String> header = new ArrayList<>(List.of("90 % bands cover", "unit"));
        List<Tallies> columns = new ArrayList<>();
        EstimationResult together = together();
        groups.forEach((group, tallies) -> {
            if (group.cRate() == 0) {
                header.add(group.design());
                columns.add(tallies);
            }
        });
        header.add("together");
        List<List<String>> rows = new ArrayList<>();
        for (Published quantity : QUANTITIES) {
            List<String> row = new ArrayList<>(List.of(quantity.label(), quantity.unit()));
            for (Tallies t : columns) {
                row.add(String.format(
                        Locale.ROOT,
                        "%.1f %% (RMS %s)",
                        100 * t.estimates.of(quantity).coverage(),
                        Table.number(
                                quantity.perUnit() * t.estimates.of(quantity).rms())));
            }
            row.add(String.format(
                    Locale.ROOT, "%.1f %%", 100 * together.of(quantity).coverage()));
            rows.add(row);
        }
        return new Table(header, rows);
    }
}
