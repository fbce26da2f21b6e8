package io.pouchtwin.ingest.segment;

import io.pouchtwin.contracts.v1.CleanBatch;
import io.pouchtwin.contracts.v1.CycleSummary;
import io.pouchtwin.contracts.v1.QualityFlag;
import io.pouchtwin.contracts.v1.RawBatch;
import io.pouchtwin.contracts.v1.RawSample;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.ingest.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Feeds a channel and keeps what it puts out. */
final class Collected implements BatchOutput {
    static final CellDirectory DIRECTORY =
            (tester, channel) -> channel.equals("27-21-1-1") ? Optional.of(Rows.registration()) : Optional.empty();

    final List<Sample> samples = new ArrayList<>();
    final List<CleanBatch> batches = new ArrayList<>();
    final List<Fault> faults = new ArrayList<>();
    final List<Fault> batchFaults = new ArrayList<>();
    final List<CycleSummary> cycles = new ArrayList<>();
    int duplicates;
    int gaps;

    static Collected of(List<RawSample> rows) {
        return of(Rows.batch(rows));
    }

    static Collected of(RawBatch... batches) {
        Collected collected = new Collected();
        collected.feed(new ChannelSegmenter("bts", "27-21-1-1"), batches);
        return collected;
    }

    void feed(ChannelSegmenter channel, RawBatch... raw) {
        for (RawBatch batch : raw) {
            channel.accept(batch, DIRECTORY, this);
        }
    }

    /** Codes of the refused rows, in order. */
    List<String> codes() {
        return faults.stream().map(fault -> fault.code().code()).toList();
    }

    static boolean has(Sample sample, QualityFlag flag) {
        return (sample.getQualityFlags() >> flag.getNumber() & 1) == 1;
    }

    /** Numbers of the samples with a flag. */
    List<Long> flagged(QualityFlag flag) {
        return samples.stream()
                .filter(sample -> has(sample, flag))
                .map(Sample::getSequence)
                .toList();
    }

    @Override
    public void sample(Sample sample) {
        samples.add(sample);
    }

    @Override
    public void refused(RawSample row, String cell, Fault fault) {
        faults.add(fault);
    }

    @Override
    public void duplicate() {
        duplicates++;
    }

    @Override
    public void gap() {
        gaps++;
    }

    @Override
    public void cycle(CycleSummary summary) {
        cycles.add(summary);
    }

    @Override
    public void batchRefused(Fault fault) {
        batchFaults.add(fault);
    }

    @Override
    public void clean(CleanBatch batch) {
        batches.add(batch);
    }
}
