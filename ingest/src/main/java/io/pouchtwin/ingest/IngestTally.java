package io.pouchtwin.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.pouchtwin.ingest.segment.RejectCode;
import java.util.EnumMap;
import java.util.Map;

/** Counts what became of rows; what was counted becomes visible only once it is committed, so that work done again is not counted again. */
final class IngestTally {

    /** The counters, shared by all partitions. */
    static final class Meters {
        private final Counter accepted;
        private final Counter duplicates;
        private final Counter gaps;
        private final Counter late;
        private final Map<RejectCode, Counter> rejected = new EnumMap<>(RejectCode.class);

        Meters(MeterRegistry registry) {
            accepted = counter(registry, "accepted", "samples accepted");
            duplicates = counter(registry, "duplicates", "samples that came before, the same, and were left out");
            gaps = counter(registry, "gaps", "places where sequence numbers are missing");
            late = counter(registry, "late", "samples that came after later ones and were rejected");
            for (RejectCode code : RejectCode.values()) {
                rejected.put(
                        code,
                        Counter.builder("pouchtwin.ingest.rejected")
                                .description("records and samples not accepted, by reason")
                                .tag("reason", code.code())
                                .register(registry));
            }
        }

        private static Counter counter(MeterRegistry registry, String name, String description) {
            return Counter.builder("pouchtwin.ingest." + name)
                    .description(description)
                    .register(registry);
        }
    }

    private final Meters meters;
    private final Map<RejectCode, Integer> rejected = new EnumMap<>(RejectCode.class);
    private int accepted;
    private int duplicates;
    private int gaps;

    IngestTally(Meters meters) {
        this.meters = meters;
    }

    void accepted() {
        accepted++;
    }

    void duplicate() {
        duplicates++;
    }

    void gap() {
        gaps++;
    }

    void rejected(RejectCode code) {
        rejected.merge(code, 1, Integer::sum);
    }

    /** Takes over what another has counted, and empties it. */
    void take(IngestTally other) {
        accepted += other.accepted;
        duplicates += other.duplicates;
        gaps += other.gaps;
        other.rejected.forEach((code, count) -> rejected.merge(code, count, Integer::sum));
        other.forget();
    }

    /** What was counted did not happen. */
    void forget() {
        accepted = 0;
        duplicates = 0;
        gaps = 0;
        rejected.clear();
    }

    /** What was counted is in Kafka now. */
    void publish() {
        meters.accepted.increment(accepted);
        meters.duplicates.increment(duplicates);
        meters.gaps.increment(gaps);
        rejected.forEach((code, count) -> {
            Counter counter = meters.rejected.get(code);
            if (counter != null) {
                counter.increment(count);
            }
        });
        meters.late.increment(rejected.getOrDefault(RejectCode.LATE, 0));
        forget();
    }
}
