package io.pouchtwin.ingest.segment;

import io.pouchtwin.contracts.v1.RawSample;
import io.pouchtwin.contracts.v1.SequenceState;
import java.util.ArrayList;
import java.util.List;

/**
 * Which numbers of a run came, and which did not.
 *
 * <p>A gap is accepted at once, nothing is held back for it: testers are read in order from the last number that Kafka holds, so a number that is passed over was never stored by the
 * tester (or was unreadable), and waiting would only stop the twin. If one of them comes after all it is rejected as late, since the twin can not go back in time.
 */
final class SequenceLedger {
    /** So far back a repeated sample is compared with what came first; repeats from further back are taken to be the same. */
    static final int REMEMBERED = 128;

    private static final int REMEMBERED_GAPS = 64;
    private static final long LONGEST_JUMP = 10_000_000;

    /** What a sample is by its number. */
    enum Verdict {
        /** The next one, or one after a gap. */
        NEW,
        /** The same as one that came before. */
        DUPLICATE,
        /** Numbered as one that came before, with other content. */
        CONFLICT,
        /** From a gap that was passed over. */
        LATE,
        /** Numbered so far ahead that it cannot be true. */
        JUMP
    }

    private long last;
    private boolean afterGap;
    private final List<Long> missing = new ArrayList<>();
    private final int[] fingerprints = new int[REMEMBERED];

    /** Takes note of a sample with a number of 1 or more. */
    Verdict meet(RawSample sample) {
        long sequence = sample.getSequence();
        int slot = (int) (sequence % REMEMBERED);
        if (sequence > last) {
            if (last > 0 && sequence - last > LONGEST_JUMP) {
                return Verdict.JUMP;
            }
            if (sequence > last + 1) {
                pass(last + 1, sequence - 1);
            }
            last = sequence;
            fingerprints[slot] = fingerprint(sample);
            return Verdict.NEW;
        }
        if (takeFromMissing(sequence)) {
            if (last - sequence < REMEMBERED) {
                fingerprints[slot] = fingerprint(sample);
            }
            return Verdict.LATE;
        }
        boolean known = last - sequence < REMEMBERED && fingerprints[slot] != 0;
        return known && fingerprints[slot] != fingerprint(sample) ? Verdict.CONFLICT : Verdict.DUPLICATE;
    }

    long last() {
        return last;
    }

    /** Whether the next accepted sample follows something that is missing. */
    boolean afterGap() {
        return afterGap;
    }

    /** The sample in hand was accepted. */
    void accepted() {
        afterGap = false;
    }

    /** The sample in hand was not accepted. */
    void refused() {
        afterGap = true;
    }

    private void pass(long from, long to) {
        afterGap = true;
        for (long sequence = Math.max(from, to - REMEMBERED + 1); sequence <= to; sequence++) {
            fingerprints[(int) (sequence % REMEMBERED)] = 0;
        }
        addMissing(from, to);
    }

    private void addMissing(long from, long to) {
        missing.add(from);
        missing.add(to);
        if (missing.size() > 2 * REMEMBERED_GAPS) {
            missing.subList(0, 2).clear();
        }
    }

    private boolean takeFromMissing(long sequence) {
        for (int i = 0; i < missing.size(); i += 2) {
            long from = missing.get(i);
            long to = missing.get(i + 1);
            if (sequence >= from && sequence <= to) {
                List<Long> range = missing.subList(i, i + 2);
                range.clear();
                if (sequence < to) {
                    range.addAll(0, List.of(sequence + 1, to));
                }
                if (sequence > from) {
                    range.addAll(0, List.of(from, sequence - 1));
                }
                return true;
            }
        }
        return false;
    }

    /** Of what the tester said of the point; never 0. */
    private static int fingerprint(RawSample sample) {
        long hash = 1;
        hash = 31 * hash + Double.doubleToLongBits(sample.getVoltageV());
        hash = 31 * hash + Double.doubleToLongBits(sample.getCurrentA());
        hash = 31 * hash + Double.doubleToLongBits(sample.getTestTimeS());
        hash = 31 * hash + Double.doubleToLongBits(sample.getStepTimeS());
        hash = 31 * hash + Double.doubleToLongBits(sample.getStepChargeAh());
        hash = 31 * hash + Double.doubleToLongBits(sample.getStepEnergyWh());
        hash = 31 * hash + Double.doubleToLongBits(sample.getChargingCapacityAh());
        hash = 31 * hash + Double.doubleToLongBits(sample.getDischargingCapacityAh());
        hash = 31 * hash + sample.getStepId();
        hash = 31 * hash + sample.getCycleId();
        hash = 31 * hash + sample.getStepType().hashCode();
        hash = 31 * hash + sample.getWallTime().hashCode();
        hash ^= hash >>> 29; // the multiplier alone leaves the upper bits of doubles where they are
        hash *= 0xBF58476D1CE4E5B9L;
        int folded = (int) (hash ^ (hash >>> 32));
        return folded == 0 ? 1 : folded;
    }

    SequenceState save() {
        SequenceState.Builder state =
                SequenceState.newBuilder().setLast(last).setAfterGap(afterGap).addAllMissing(missing);
        for (long sequence = Math.max(1, last - REMEMBERED + 1); sequence <= last; sequence++) {
            state.addFingerprints(fingerprints[(int) (sequence % REMEMBERED)]);
        }
        return state.build();
    }

    static SequenceLedger load(SequenceState state) {
        SequenceLedger ledger = new SequenceLedger();
        ledger.last = state.getLast();
        ledger.afterGap = state.getAfterGap();
        ledger.missing.addAll(state.getMissingList());
        int count = state.getFingerprintsCount();
        for (int i = 0; i < count; i++) {
            long sequence = state.getLast() - count + 1 + i;
            ledger.fingerprints[(int) (sequence % REMEMBERED)] = state.getFingerprints(i);
        }
        return ledger;
    }
}
