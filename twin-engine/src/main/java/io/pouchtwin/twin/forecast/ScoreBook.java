package io.pouchtwin.twin.forecast;

import com.google.protobuf.ByteString;
import io.pouchtwin.contracts.v1.ForecastRecord;
import io.pouchtwin.contracts.v1.ForecasterState;
import io.pouchtwin.contracts.v1.PendingLife;
import io.pouchtwin.contracts.v1.PendingScore;
import io.pouchtwin.contracts.v1.Quantiles;
import io.pouchtwin.contracts.v1.ScoreSums;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The forecaster's own record of one cell: what was forecast waits here until its time comes and is then scored.
 *
 * <p>Capacities one, ten and fifty cycles ahead: whether the 90 % interval held, and the continuous ranked probability score. Remaining life to 80 %: the forecast made nearest to half of the life, scored when the cell gets there. Belongs
 * to one thread.
 */
final class ScoreBook {
    /** How far ahead capacities are scored [cycle]. */
    static final int[] LEADS = {1, 10, 50};

    /** Members kept of a forecast that waits. */
    private static final int KEPT = 32;

    private static final int MOST_LIVES = 96;
    private static final double END_OF_LIFE = 0.8;

    private final List<PendingScore> pending = new ArrayList<>();
    private final List<PendingLife> lives = new ArrayList<>();
    private ScoreSums.Builder sums = ScoreSums.newBuilder();
    private boolean ended;

    /** Remembers a forecast. */
    void made(int cycle, LifeAhead life, double referenceC, Quantiles remaining, double horizon) {
        sums.setForecastsMade(sums.getForecastsMade() + 1);
        for (int lead : LEADS) {
            if (lead <= life.cycle[life.cycle.length - 1]) {
                double[] few = Spread.of(life.discharges(lead)).thinned(KEPT);
                pending.add(PendingScore.newBuilder()
                        .setMadeAtCycle(cycle)
                        .setDueCycle(cycle + lead)
                        .setMembers(Floats.pack(few, 1 / referenceC))
                        .build());
            }
        }
        if (!ended) {
            lives.add(PendingLife.newBuilder()
                    .setMadeAtCycle(cycle)
                    .setRemainingCycles(remaining)
                    .setHorizonCycles(horizon)
                    .build());
            if (lives.size() > MOST_LIVES) {
                // every second one, so that they stay evenly spread over the life
                for (int k = lives.size() - 2; k >= 0; k -= 2) {
                    lives.remove(k);
                }
            }
        }
    }

    /** A discharge came: scores what was due. */
    void came(int cycle, double chargeShare) {
        for (Iterator<PendingScore> i = pending.iterator(); i.hasNext(); ) {
            PendingScore one = i.next();
            if (one.getDueCycle() > cycle) {
                continue;
            }
            i.remove();
            if (one.getDueCycle() == cycle) {
                score(one, chargeShare);
            }
        }
        if (!ended && chargeShare < END_OF_LIFE && !lives.isEmpty()) {
            ended = true;
            endOfLife(cycle);
        }
    }

    /** Forgets what waits: it will not come due as it was meant. */
    void withdraw() {
        pending.clear();
        lives.clear();
    }

    private void score(PendingScore one, double chargeShare) {
        double[] members = Floats.unpack(one.getMembers());
        Spread spread = Spread.of(members);
        double error = spread.at(0.5) - chargeShare;
        boolean inside = chargeShare >= spread.at(0.05) && chargeShare <= spread.at(0.95);
        sums.setScored(sums.getScored() + 1)
                .setInside90(sums.getInside90() + (inside ? 1 : 0))
                .setCrpsSum(sums.getCrpsSum() + Spread.crps(members, chargeShare))
                .setSquareErrorSum(sums.getSquareErrorSum() + error * error);
    }

    private void endOfLife(int cycle) {
        PendingLife nearest = lives.get(0);
        for (PendingLife life : lives) {
            if (Math.abs(2.0 * life.getMadeAtCycle() - cycle) < Math.abs(2.0 * nearest.getMadeAtCycle() - cycle)) {
                nearest = life;
            }
        }
        double truth = cycle - nearest.getMadeAtCycle();
        Quantiles q = nearest.getRemainingCycles();
        sums.addRemainingLifeErrors(Math.abs(q.getP50() - truth) / Math.max(1, truth));
        boolean inside = q.getP05() <= truth && (truth <= q.getP95() || q.getP95() >= nearest.getHorizonCycles());
        sums.setLivesInside90(sums.getLivesInside90() + (inside ? 1 : 0));
        lives.clear();
    }

    /** A hard short came, this long after it was first judged critical [h]. */
    void shorted(double leadTimeH) {
        sums.setShortLeadTimeH(leadTimeH);
    }

    /** The sums, to be added up over cells. */
    ScoreSums sums() {
        return sums.build();
    }

    void save(ForecasterState.Builder state) {
        state.addAllPending(pending).addAllPendingLives(lives).setSums(sums.build());
    }

    void restore(ForecasterState state) {
        pending.addAll(state.getPendingList());
        lives.addAll(state.getPendingLivesList());
        sums = state.getSums().toBuilder();
        ended = sums.getRemainingLifeErrorsCount() > 0;
    }

    /** Sums of several cells together. */
    static ScoreSums together(Iterable<ScoreSums> cells) {
        ScoreSums.Builder sum = ScoreSums.newBuilder();
        for (ScoreSums b : cells) {
            sum.setForecastsMade(sum.getForecastsMade() + b.getForecastsMade())
                    .setScored(sum.getScored() + b.getScored())
                    .setInside90(sum.getInside90() + b.getInside90())
                    .setCrpsSum(sum.getCrpsSum() + b.getCrpsSum())
                    .setSquareErrorSum(sum.getSquareErrorSum() + b.getSquareErrorSum())
                    .addAllRemainingLifeErrors(b.getRemainingLifeErrorsList())
                    .setLivesInside90(sum.getLivesInside90() + b.getLivesInside90());
            if (b.hasShortLeadTimeH()) {
                double least = sum.hasShortLeadTimeH()
                        ? Math.min(sum.getShortLeadTimeH(), b.getShortLeadTimeH())
                        : b.getShortLeadTimeH();
                sum.setShortLeadTimeH(least);
            }
        }
        return sum.build();
    }

    /** As it is served. */
    static ForecastRecord record(ScoreSums s) {
        ForecastRecord.Builder record = ForecastRecord.newBuilder()
                .setForecastsMade(s.getForecastsMade())
                .setScored(s.getScored());
        if (s.getScored() > 0) {
            double n = s.getScored();
            record.setCoverage90(s.getInside90() / n)
                    .setCrps(s.getCrpsSum() / n)
                    .setMedianRms(Math.sqrt(s.getSquareErrorSum() / n));
        }
        int lives = s.getRemainingLifeErrorsCount();
        record.setLivesEnded(lives);
        if (lives > 0) {
            double[] errors = s.getRemainingLifeErrorsList().stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
            record.setRemainingLifeError(Spread.of(errors).at(0.5))
                    .setRemainingLifeCoverage90(s.getLivesInside90() / (double) lives);
        }
        if (s.hasShortLeadTimeH()) {
            record.setShortLeadTimeH(s.getShortLeadTimeH());
        }
        return record.build();
    }

    /** Numbers that need not be exact, four bytes each. */
    private static final class Floats {
        static ByteString pack(double[] values, double unit) {
            ByteBuffer buffer = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (double value : values) {
                buffer.putFloat((float) (unit * value));
            }
            buffer.flip();
            return ByteString.copyFrom(buffer);
        }

        static double[] unpack(ByteString bytes) {
            ByteBuffer buffer = bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
            double[] values = new double[bytes.size() / Float.BYTES];
            for (int k = 0; k < values.length; k++) {
                values[k] = buffer.getFloat();
            }
            return values;
        }
    }
}
