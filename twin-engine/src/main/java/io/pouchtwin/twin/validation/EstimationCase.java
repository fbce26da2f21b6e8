package io.pouchtwin.twin.validation;

import io.pouchtwin.cell.math.Philox;
import io.pouchtwin.contracts.v1.CellRegistration;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.contracts.v1.TwinState;
import io.pouchtwin.twin.CellTwin;
import io.pouchtwin.twin.TwinOutcome;
import io.pouchtwin.twin.TwinSettings;
import io.pouchtwin.twin.ensemble.ReducedCellModels;
import io.pouchtwin.twin.ensemble.UnknownDesignException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Cells of one design cycled at one rate, each with parameters of its own, each followed by a twin that knows the design
 * alone. Cells are independent and run on all processors; the result does not depend on how many there are.
 *
 * @param design name of the parameter set
 * @param cRate current over that of 1 C [1]
 * @param draws number of cells
 * @param cycles number of cycles of each, at least 2
 * @param settledAfter cycles that do not count yet, fewer than {@code cycles}
 * @param firstSeed of the first cell; cases do not share cells
 * @param leastFilmOhmCm2 only cells with a film of so much are taken, the others passed over [ohm cm2]
 */
record EstimationCase(
        String design, double cRate, int draws, int cycles, int settledAfter, long firstSeed, double leastFilmOhmCm2) {
    /** Active material that disconnects in a cycle: evenly between none and this [1]. */
    private static final double MOST_LOST_SHARE = 6e-4;

    /** A cell whose film alone takes more at 1 C has reached its end and is passed over [V]. */
    private static final double MOST_FILM_V = 0.25;

    /** Growth of the film in a cycle: evenly between none and this share [1]. */
    private static final double MOST_FILM_SHARE = 1e-2;

    private static final double START_SOC = 0.3;

    /** The first, fourth, seventh and tenth cycle are check-ups with pulses. */
    private static final int CHECK_UP_EVERY = 3;

    private static final double CHECK_UP_REST_S = 900;

    /** Runs all cells. */
    EstimationResult run(Consumer<String> progress) {
        ReducedCellModels models = ReducedCellModels.shipped();
        List<Long> seeds = LongStream.iterate(firstSeed, seed -> seed + 1)
                .filter(seed -> isTaken(DrawnCell.draw(design, seed)))
                .limit(draws)
                .boxed()
                .toList();
        List<EstimationResult> results = IntStream.range(0, draws)
                .parallel()
                .mapToObj(draw -> {
                    EstimationResult result = runOne(models, seeds.get(draw));
                    progress.accept(String.format("%s at %.3g C: cell %d of %d", design, cRate, draw + 1, draws));
                    return result;
                })
                .toList();
        EstimationResult all = new EstimationResult();
        results.forEach(all::add);
        return all;
    }

    /** Whether a drawn cell counts. */
    boolean isTaken(DrawnCell drawn) {
        double density = drawn.parameters().oneCAmpere() / drawn.parameters().areaM2();
        return drawn.filmOhmM2() * 1e4 >= leastFilmOhmCm2 && drawn.filmOhmM2() * density <= MOST_FILM_V;
    }

    private EstimationResult runOne(ReducedCellModels models, long seed) {
        CellOnBench bench = new CellOnBench(DrawnCell.draw(design, seed), CellOnBench.FINE, START_SOC, seed);
        Philox random = Philox.of(seed, "ageing");
        double lostShare = MOST_LOST_SHARE * random.uniform(0, 0, 0, 0);
        double filmShare = MOST_FILM_SHARE * random.uniform(0, 0, 1, 0);
        CellTwin twin = twin(models, design, "validation-" + seed);
        EstimationResult result = new EstimationResult();
        List<Sample> samples = new ArrayList<>();
        List<Truth> truths = new ArrayList<>();
        for (int cycle = 1; cycle <= cycles; cycle++) {
            samples.clear();
            truths.clear();
            CellOnBench.Log log = (sample, truth) -> {
                samples.add(sample);
                truths.add(truth);
            };
            if (cycle % CHECK_UP_EVERY == 1) {
                bench.checkUp(CHECK_UP_REST_S, log);
            } else {
                bench.cycle(Protocol.at(cRate), log);
            }
            bench.grow(lostShare, filmShare);
            for (int k = 0; k < samples.size(); k++) {
                TwinOutcome outcome = twin.accept("validation", samples.get(k));
                if (outcome instanceof TwinOutcome.Advanced advanced) {
                    boolean last = cycle == cycles && k == samples.size() - 1;
                    count(result, advanced, truths.get(k), cycle, last);
                } else {
                    throw new IllegalStateException("twin refused a sample of the bench: " + outcome);
                }
            }
        }
        return result;
    }

    /** The reading at which the lithium ends: a collapse within milliseconds, which is an event and no voltage to predict. */
    private static boolean isCollapse(TwinState state, Truth truth) {
        return state.getCurrentA() < 0 && truth.inventoryMilliampHourPerCm2() < 1e-4;
    }

    private void count(EstimationResult result, TwinOutcome.Advanced advanced, Truth truth, int cycle, boolean last) {
        TwinState state = advanced.state();
        if (advanced.restarted() == TwinOutcome.Restart.DIVERGED) {
            result.restarts++;
        }
        if (cycle > settledAfter && !isCollapse(state, truth)) {
            result.settled(state, truth);
        }
        if (last) {
            result.end(state, truth);
        }
    }

    /** A twin that knows the design alone. */
    static CellTwin twin(ReducedCellModels models, String design, String name) {
        try {
            CellRegistration registration =
                    CellRegistration.newBuilder().setDesign(design).build();
            return CellTwin.begin(name, models.create(models.designOf(registration)), TwinSettings.standard());
        } catch (UnknownDesignException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
