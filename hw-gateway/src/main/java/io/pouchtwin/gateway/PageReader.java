package io.pouchtwin.gateway;

import io.pouchtwin.contracts.v1.Converted;
import io.pouchtwin.contracts.v1.RawSample;
import io.pouchtwin.gateway.neware.Entry;
import io.pouchtwin.gateway.neware.NewareReply.Download;
import io.pouchtwin.gateway.neware.NewareReply.StoredRow;
import io.pouchtwin.gateway.rejection.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads a page of rows against what was asked: puts it in order, sets apart what cannot be used, and finds rows that are missing. Pure.
 */
final class PageReader {
    private PageReader() {}

    /**
     * What was asked.
     *
     * @param run test run
     * @param start first sequence number asked for
     * @param count how many
     * @param highest the largest sequence number that the tester can have
     * @param gapBelieved sequence number of a gap that was asked for often enough to be believed, 0 if none
     */
    record Asked(String run, long start, int count, long highest, long gapBelieved) {}

    /**
     * What the page holds.
     *
     * @param outcome what to publish; its last sequence is {@code start - 1} if the page brings nothing
     * @param gapAt the first missing sequence number, if the page was cut there so that it can be asked for once more; otherwise 0
     */
    record Read(PageOutcome outcome, long gapAt) {}

    static Read read(Asked asked, Download page) {
        TreeMap<Long, Entry<StoredRow>> rows = new TreeMap<>();
        List<PageOutcome.RowRejection> unplaced = new ArrayList<>();
        for (Entry<StoredRow> entry : page.rows()) {
            place(asked, entry, rows, unplaced);
        }
        long gapAt = firstGap(asked, rows, unplaced.size());
        long cut = gapAt > 0 && gapAt != asked.gapBelieved() ? gapAt : Long.MAX_VALUE;
        List<RawSample> samples = new ArrayList<>(rows.size());
        List<PageOutcome.RowRejection> rejections = new ArrayList<>(cut == Long.MAX_VALUE ? unplaced : List.of());
        long last = asked.start() - 1;
        long missing = 0;
        for (var row : rows.headMap(cut).entrySet()) {
            missing += row.getKey() - last - 1;
            last = row.getKey();
            if (row.getValue() instanceof Entry.Read<StoredRow> read) {
                samples.add(sample(read.value()));
            } else if (row.getValue() instanceof Entry.Unreadable<StoredRow> bad) {
                rejections.add(new PageOutcome.RowRejection(bad.rejection(), last, bad.text()));
            }
        }
        long gaps = Math.max(0, missing - unplaced.size());
        return new Read(
                new PageOutcome(asked.run(), samples, rejections, last, gaps), cut == Long.MAX_VALUE ? 0 : gapAt);
    }

    private static void place(
            Asked asked,
            Entry<StoredRow> entry,
            SortedMap<Long, Entry<StoredRow>> rows,
            List<PageOutcome.RowRejection> unplaced) {
        long sequence;
        String text;
        if (entry instanceof Entry.Read<StoredRow> read) {
            sequence = read.value().sequence();
            text = read.value().toString();
        } else {
            Entry.Unreadable<StoredRow> bad = (Entry.Unreadable<StoredRow>) entry;
            sequence = bad.sequence();
            text = bad.text();
            if (sequence == 0) {
                unplaced.add(new PageOutcome.RowRejection(bad.rejection(), 0, text));
                return;
            }
        }
        if (sequence < asked.start() || sequence > asked.highest()) {
            unplaced.add(new PageOutcome.RowRejection(outOfRange(asked, sequence), sequence, text));
        } else if (rows.putIfAbsent(sequence, entry) != null) {
            unplaced.add(new PageOutcome.RowRejection(repeated(sequence), sequence, text));
        }
    }

    /** The first sequence number that the page leaves out before its last row and that no unplaced row can explain; 0 if none. */
    private static long firstGap(Asked asked, SortedMap<Long, Entry<StoredRow>> rows, int unplaced) {
        long expected = asked.start();
        long unexplained = unplaced;
        for (long sequence : rows.keySet()) {
            long missing = sequence - expected;
            if (missing > unexplained) {
                return expected;
            }
            unexplained -= missing;
            expected = sequence + 1;
        }
        return 0;
    }

    private static Rejection outOfRange(Asked asked, long sequence) {
        return new Rejection(
                "sequence-out-of-range",
                "The tester sent a point that was not asked for and that it does not claim to have. If it recurs, restart the"
                        + " tester's program.",
                "seqid",
                Long.toString(sequence),
                "from " + asked.start() + " to " + asked.highest());
    }

    private static Rejection repeated(long sequence) {
        return new Rejection(
                "sequence-repeated",
                "The tester sent two points with one number in one page; the first is kept.",
                "seqid",
                Long.toString(sequence),
                "each number once");
    }

    private static RawSample sample(StoredRow row) {
        return RawSample.newBuilder()
                .setSequence(row.sequence())
                .setStepTimeS(row.stepTimeMs() / 1000)
                .setWallTime(row.wallTime())
                .setVoltageV(row.voltageV())
                .setCurrentA(row.currentA())
                .setStepChargeAh(row.stepChargeAh())
                .setStepEnergyWh(row.stepEnergyWh())
                .setStepId(row.stepId())
                .setCycleId(row.cycleId())
                .setStepType(row.stepType())
                .addConverted(Converted.newBuilder()
                        .setField("step_time_s")
                        .setRawValue(asText(row.stepTimeMs()))
                        .setRawUnit("ms"))
                .build();
    }

    private static String asText(double milliseconds) {
        return milliseconds == Math.rint(milliseconds) && Math.abs(milliseconds) < 1e15
                ? Long.toString((long) milliseconds)
                : Double.toString(milliseconds);
    }
}
