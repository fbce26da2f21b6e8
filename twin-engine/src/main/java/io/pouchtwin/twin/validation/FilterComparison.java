package io.pouchtwin.twin.validation;

import io.pouchtwin.cell.math.Philox;
import io.pouchtwin.cell.report.Section;
import io.pouchtwin.cell.report.Table;
import io.pouchtwin.contracts.v1.Estimate;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.contracts.v1.TwinSnapshot;
import io.pouchtwin.contracts.v1.TwinState;
import io.pouchtwin.twin.CellTwin;
import io.pouchtwin.twin.TwinOutcome;
import io.pouchtwin.twin.ensemble.ReducedCellModels;
import io.pouchtwin.twin.ensemble.UnknownDesignException;
import io.pouchtwin.twin.validation.filters.CellFilter;
import io.pouchtwin.twin.validation.filters.ExtendedKalmanFilter;
import io.pouchtwin.twin.validation.filters.FilterEstimate;
import io.pouchtwin.twin.validation.filters.FilterSettings;
import io.pouchtwin.twin.validation.filters.UnscentedKalmanFilter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** The twin's ensemble filter, an extended and an unscented Kalman filter of the same cell, on the same samples. */
final class FilterComparison {
    /** Tuned on other cells, see the section's text. */
    static final FilterSettings EXTENDED = new FilterSettings(10, 2e-3, 0);

    static final FilterSettings UNSCENTED = new FilterSettings(4, 2e-3, 0.05);

    private static final double START_SOC = 0.3;
    private static final double MOST_LOST_SHARE = 6e-4;
    private static final double MOST_FILM_SHARE = 1e-2;
    private static final int CHECK_UP_EVERY = 3;
    private static final double CHECK_UP_REST_S = 900;

    /** Which filter. */
    enum Kind {
        ENSEMBLE("ensemble, 32 members"),
        EXTENDED("extended Kalman"),
        UNSCENTED("unscented Kalman");

        private final String label;

        Kind(String label) {
            this.label = label;
        }
    }

    /** A filter that follows one cell. */
    private interface Follower {
        /** Takes a sample. */
        Said take(Sample sample);

        int bytes();
    }

    @SuppressWarnings("ArrayRecordComponent") // read at once
    private record Said(Estimate[] estimates, double normalisedSquare, boolean restarted) {}

    private record Row(Sample sample, Truth truth, int cycle) {}

    private final List<EstimationCase> cases = new ArrayList<>();
    private final List<Map<Kind, FilterResult>> results = new ArrayList<>();

    /** Runs the first cells of those of the cases that are at 1 C and at 5 C. */
    static FilterComparison run(List<EstimationCase> all, int cells, Consumer<String> progress) {
        FilterComparison comparison = new FilterComparison();
        all.stream()
                .filter(one -> (one.cRate() == 1 || one.cRate() == 5) && one.leastFilmOhmCm2() == 0)
                .forEach(one -> comparison.add(one, cells, EXTENDED, UNSCENTED, progress));
        return comparison;
    }

    void add(
            EstimationCase one,
            int cells,
            FilterSettings extended,
            FilterSettings unscented,
            Consumer<String> progress) {
        List<Long> seeds = LongStream.iterate(one.firstSeed(), seed -> seed + 1)
                .filter(seed -> one.isTaken(DrawnCell.draw(one.design(), seed)))
                .limit(cells)
                .boxed()
                .toList();
        List<Map<Kind, FilterResult>> each = seeds.parallelStream()
                .map(seed -> {
                    Map<Kind, FilterResult> result = runOne(one, seed, extended, unscented);
                    progress.accept(String.format(
                            Locale.ROOT, "three filters, %s at %.3g C: cell %d", one.design(), one.cRate(), seed));
                    return result;
                })
                .toList();
        Map<Kind, FilterResult> together = empty();
        each.forEach(result -> result.forEach((kind, r) -> of(together, kind).add(r)));
        cases.add(one);
        results.add(together);
    }

    private static Map<Kind, FilterResult> empty() {
        Map<Kind, FilterResult> all = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            all.put(kind, new FilterResult());
        }
        return all;
    }

    private static FilterResult of(Map<Kind, FilterResult> all, Kind kind) {
        return all.computeIfAbsent(kind, any -> new FilterResult());
    }

    private static Map<Kind, FilterResult> runOne(
            EstimationCase one, long seed, FilterSettings extended, FilterSettings unscented) {
        List<Row> rows = rows(one, seed);
        Map<Kind, FilterResult> all = empty();
        for (Kind kind : Kind.values()) {
            follow(rows, follower(kind, one.design(), seed, extended, unscented), one.settledAfter(), of(all, kind));
        }
        return all;
    }

    /** The samples of a cell as {@link EstimationCase} has them. */
    private static List<Row> rows(EstimationCase one, long seed) {
        CellOnBench bench = new CellOnBench(DrawnCell.draw(one.design(), seed), CellOnBench.FINE, START_SOC, seed);
        Philox random = Philox.of(seed, "ageing");
        double lostShare = MOST_LOST_SHARE * random.uniform(0, 0, 0, 0);
        double filmShare = MOST_FILM_SHARE * random.uniform(0, 0, 1, 0);
        List<Row> rows = new ArrayList<>();
        for (int cycle = 1; cycle <= one.cycles(); cycle++) {
            int number = cycle;
            CellOnBench.Log log = (sample, truth) -> rows.add(new Row(sample, truth, number));
            if (cycle % CHECK_UP_EVERY == 1) {
                bench.checkUp(CHECK_UP_REST_S, log);
            } else {
                bench.cycle(Protocol.at(one.cRate()), log);
            }
            bench.grow(lostShare, filmShare);
        }
        return rows;
    }

    private static void follow(List<Row> rows, Follower follower, int settledAfter, FilterResult result) {
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        for (int k = 0; k < rows.size(); k++) {
            Row row = rows.get(k);
            long before = clock.getCurrentThreadCpuTime();
            Said said = follower.take(row.sample());
            long nanos = clock.getCurrentThreadCpuTime() - before;
            double[] truth = {
                row.sample().getVoltageV(),
                row.sample().getCellTemperatureDegc(),
                row.truth().soc(),
                row.truth().capacityAh(),
                row.truth().filmResistanceOhmCm2()
            };
            if (said.restarted() && k > 0) {
                result.restarted();
            }
            if (row.cycle() > settledAfter) {
                result.settled(said.normalisedSquare(), (double) nanos, said.estimates(), truth);
            }
            if (k == rows.size() - 1) {
                result.end(said.estimates(), truth, follower.bytes());
            }
        }
    }

    private static Follower follower(
            Kind kind, String design, long seed, FilterSettings extended, FilterSettings unscented) {
        try {
            return switch (kind) {
                case ENSEMBLE ->
                    new TwinFollower(EstimationCase.twin(ReducedCellModels.shipped(), design, "validation-" + seed));
                case EXTENDED -> new KalmanFollower(ExtendedKalmanFilter.of(design, extended));
                case UNSCENTED -> new KalmanFollower(UnscentedKalmanFilter.of(design, unscented));
            };
        } catch (UnknownDesignException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private record TwinFollower(CellTwin twin) implements Follower {
        @Override
        public Said take(Sample sample) {
            TwinOutcome.Advanced advanced = (TwinOutcome.Advanced) twin.accept("validation", sample);
            TwinState state = advanced.state();
            Estimate[] said = {
                state.getVoltagePredictedV(),
                state.getTemperaturePredictedDegc(),
                state.getSoc(),
                state.getCapacityAh(),
                state.getFilmResistanceOhmCm2()
            };
            return new Said(
                    said, state.getNormalisedInnovationSquared(), advanced.restarted() != TwinOutcome.Restart.NONE);
        }

        @Override
        public int bytes() {
            TwinSnapshot snapshot = twin.snapshot();
            return snapshot.getSerializedSize();
        }
    }

    private record KalmanFollower(CellFilter filter) implements Follower {
        @Override
        public Said take(Sample sample) {
            FilterEstimate e = filter.take(sample);
            Estimate[] said = {e.voltage(), e.temperature(), e.soc(), e.capacityAh(), e.filmOhmCm2()};
            return new Said(said, e.normalisedSquare(), e.restarted());
        }

        @Override
        public int bytes() {
            return filter.kept() * Double.BYTES;
        }
    }

    /** The table. */
    Table table() {
        List<List<String>> rows = new ArrayList<>();
        for (int k = 0; k < cases.size(); k++) {
            EstimationCase one = cases.get(k);
            results.get(k).forEach((kind, r) -> rows.add(row(one.design(), Table.number(one.cRate()), kind, r)));
        }
        for (Kind kind : Kind.values()) {
            FilterResult together = new FilterResult();
            results.forEach(result -> together.add(of(result, kind)));
            rows.add(row("all", "", kind, together));
        }
        return new Table(
                List.of(
                        "design",
                        "rate / C",
                        "cells",
                        "filter",
                        "voltage RMS / mV",
                        "mean NIS",
                        "SOC RMS / %",
                        "capacity / %",
                        "grown film / %",
                        "covered: voltage / %",
                        "SOC / %",
                        "capacity / %",
                        "film / %",
                        "restarts",
                        "us per sample",
                        "KiB per cell"),
                rows);
    }

    private static List<String> row(String design, String rate, Kind kind, FilterResult r) {
        return List.of(
                design,
                rate,
                Integer.toString(r.cells()),
                kind.label,
                Table.number(1e3 * r.of(FilterResult.VOLTAGE).rms()),
                Table.number(r.meanNormalisedSquare()),
                Table.number(100 * r.of(FilterResult.SOC).rms()),
                Table.number(100 * r.capacityError()),
                r.grownFilms() == 0 ? "-" : Table.number(100 * r.filmError()) + " (" + r.grownFilms() + ")",
                covered(r, FilterResult.VOLTAGE),
                covered(r, FilterResult.SOC),
                covered(r, FilterResult.CAPACITY),
                covered(r, FilterResult.FILM),
                Integer.toString(r.restarts()),
                String.format(Locale.ROOT, "%.0f", r.microsecondsPerSample()),
                String.format(Locale.ROOT, "%.0f", r.kibibytes()));
    }

    private static String covered(FilterResult r, int quantity) {
        return String.format(Locale.ROOT, "%.1f", 100 * r.of(quantity).coverage());
    }

    /** The page's part. */
    Section section() {
        return Section.of("Other filters", TEXT, table());
    }

    private static final String TEXT =
            "Three filters on the same samples of the first cells of the cases at 1 and 5 C: the twin's ensemble, an extended and an unscented Kalman filter (package `twin.validation.filters`,"
                    + " sources named there). All have the same reduced cell, the same prior, the same model error (but for want of salt) and noise of the tester, the same limit for wild readings and"
                    + " the same rule for starting again. The Kalman filters carry mean and covariance of all coordinates of the cell (profiles of particles and salt, temperatures, slow"
                    + " quantities, errors: 63 for a coin), without the lithium, which the voltage does not show. They were tuned on four other cells (seeds from 800000 on) by how much"
                    + " of the predicted variance counts as noise (10 times for the extended filter, with 4 it diverged in the first charge; 4 times for the unscented, with 1 its band of the capacity covered too little and it began again twice) and how far"
                    + " the sigma points lie (alpha 0.05): a few settings each, so that neither is the best that could be made of it. Both compare in volts throughout, the twin in stoichiometry on the cliff."
                    + " Time is that of the thread, after three cycles, with what each publishes: the twin"
                    + " publishes 17 quantities and its trust with it, the others five. The memory is what is kept of a cell between samples.\n\n"
                    + "The voltage one step ahead is decided on the cliff at the end of a discharge, which bends within the filters' spread; the mean normalised square is 1 where a filter"
                    + " knows how little it knows there. The ensemble was kept because the others take several times its time and none measures better in all columns, and because"
                    + " it carries what the rest of the program is made of: members that are whole cells, physical each, with"
                    + " their lithium, from which forecasts start, at a cost that grows with the members and not with the square of the coordinates.";
}
