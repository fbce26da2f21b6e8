package io.pouchtwin.twin.forecast.validation;

import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import io.pouchtwin.cell.parameters.ParameterSet;
import io.pouchtwin.contracts.v1.CellRegistration;
import io.pouchtwin.contracts.v1.ForecastBasis;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.twin.CellTwin;
import io.pouchtwin.twin.TwinOutcome;
import io.pouchtwin.twin.TwinSettings;
import io.pouchtwin.twin.ensemble.ReducedCellModels;
import io.pouchtwin.twin.ensemble.UnknownDesignException;
import java.util.ArrayList;
import java.util.List;

/**
 * A life as its twin saw it: a full-order cell whose parameters the twin does not know, every row through the twin in lockstep.
 *
 * @param fate what became of it
 * @param seed of its draw
 * @param bases what the twin handed to the forecaster, one per cycle
 * @param exhaustedAtCycle first cycle at whose end no spare lithium was left; 0: never
 * @param leakFromH when the soft short began; infinite for none [h]
 * @param calledAtH when the twin first called a soft short; infinite for never [h]
 * @param shortedAtH when the hard short came; infinite for never [h]
 * @param endH how long the life was watched [h]
 * @param refused rows that the twin refused
 */
record LifeRecord(
        Fate fate,
        long seed,
        List<ForecastBasis> bases,
        int exhaustedAtCycle,
        double leakFromH,
        double calledAtH,
        double shortedAtH,
        double endH,
        int refused) {
    private static final long FIRST_SEED = 7000;
    private static final double WATCHED_UNTIL = 0.78;

    /** Lives a life. */
    static LifeRecord of(Fate.Mode mode, long seed) {
        return of(Fate.draw(mode, seed), seed);
    }

    /** Lives a life of this fate. */
    static LifeRecord of(Fate fate, long seed) {
        Fate.Mode mode = fate.mode();
        ParameterSet set = ParameterLibrary.shipped().load(fate.design());
        CellParameters drawn =
                set.draw(FIRST_SEED + 100L * mode.label().length() + seed).toCellParameters();
        SimulatedLife life = new SimulatedLife(drawn, fate, seed);
        Watch watch = new Watch(twin(fate.design(), mode.name() + seed));
        double reference = 0;
        int exhausted = 0;
        double leakFrom = Double.POSITIVE_INFINITY;
        double shorted = Double.POSITIVE_INFINITY;
        while (life.cycleCount() <= fate.cycles()) {
            if (life.cycleCount() == fate.leakFromCycle()) {
                leakFrom = life.timeH();
            }
            if (life.cycle(watch::take) == SimulatedLife.CycleEnd.SHORTED) {
                shorted = life.timeH();
                break;
            }
            if (exhausted == 0 && life.lithiumCPerM2() < 1) {
                exhausted = life.cycleCount() - 1;
            }
            reference = reference == 0 && watch.bases.size() >= 2
                    ? watch.bases.get(1).getDischargeAh()
                    : reference;
            boolean over = reference > 0 && life.dischargeAh() < WATCHED_UNTIL * reference;
            if (over && mode != Fate.Mode.SHORT) {
                // what ends a cycle is the first row of the next
                life.cycle(watch::take);
                break;
            }
        }
        return new LifeRecord(
                fate,
                seed,
                List.copyOf(watch.bases),
                exhausted,
                leakFrom,
                watch.calledAtH,
                shorted,
                life.timeH(),
                watch.refused);
    }

    private static CellTwin twin(String design, String name) {
        ReducedCellModels models = ReducedCellModels.shipped();
        try {
            return CellTwin.begin(
                    name,
                    models.create(models.designOf(
                            CellRegistration.newBuilder().setDesign(design).build())),
                    TwinSettings.standard());
        } catch (UnknownDesignException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** Feeds the twin and keeps what the forecaster and the alerts would get. */
    private static final class Watch {
        final CellTwin twin;
        final List<ForecastBasis> bases = new ArrayList<>();
        double calledAtH = Double.POSITIVE_INFINITY;
        int refused;

        Watch(CellTwin twin) {
            this.twin = twin;
        }

        void take(Sample sample) {
            TwinOutcome outcome = twin.accept("life", sample);
            if (outcome instanceof TwinOutcome.Advanced advanced) {
                twin.endedCycle().ifPresent(bases::add);
                if (advanced.state().getSoftShort().getCalled() && Double.isInfinite(calledAtH)) {
                    calledAtH = sample.getTestTimeS() / 3600;
                }
            } else {
                refused++;
            }
        }
    }
}
