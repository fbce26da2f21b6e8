package io.pouchtwin.api.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pouchtwin.api.json.StateFields;
import io.pouchtwin.api.store.AlertLine;
import io.pouchtwin.api.store.StateRecord;
import io.pouchtwin.api.store.StateStore;
import io.pouchtwin.api.store.StoreLimits;
import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.contracts.v1.TwinState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever the reader's connection does, each state is either written, in order, or told as left out. */
class SubscriptionTest {
    private static final List<String> CELLS = List.of("A", "B", "C");

    @Property(tries = 300)
    void everyStateIsWrittenOrToldAsLeftOut(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 11) Integer> happenings) {
        World world = new World();
        Recorder reader = new Recorder(Map.of(), false);
        Subscription subscription = world.follow(reader);
        happenings.forEach(happening -> world.happen(happening, reader, subscription));
        reader.open(Integer.MAX_VALUE, subscription);
        world.runLater();
        assertThat(reader.covered).isEqualTo(world.sequences);
    }

    @Property(tries = 300)
    void aReaderThatResumesAtAnyIdMissesNothing(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 0, max = 11) Integer> happenings,
            @ForAll @IntRange(min = 0, max = 200) int cut) {
        World world = new World();
        Recorder first = new Recorder(Map.of(), false);
        Subscription subscription = world.follow(first);
        happenings.forEach(happening -> world.happen(happening, first, subscription));
        world.subscribers.close(subscription);
        if (first.history.isEmpty()) {
            return;
        }
        // the connection broke after any one of the events: what was told up to then is what the reader knows
        Recorder.Step last = first.history.get(cut % first.history.size());
        Recorder second = new Recorder(last.covered(), true);
        Subscription again = world.follow(second);
        Resume.position(again, world.store, List.copyOf(world.store.cells().values()), last.resumeId());
        second.open(Integer.MAX_VALUE, again);
        world.runLater();
        assertThat(second.covered).isEqualTo(world.sequences);
    }

    /** A small store with its subscribers and what was fed to it. */
    private static final class World {
        private final Deque<Runnable> later = new ArrayDeque<>();
        private final StateStore store = new StateStore(new StoreLimits(20, 60));
        private final Subscribers subscribers =
                new Subscribers(store, new LiveMetrics(new SimpleMeterRegistry()), 10, later::add, () -> 0);
        private final Map<String, Long> sequences = new HashMap<>();

        Subscription follow(Recorder reader) {
            Subscription subscription = subscribers.open(reader, Subscription.Ids.POSITION);
            subscribers.followAll(subscription, Wish.EVERYTHING);
            return subscription;
        }

        void happen(int happening, Recorder reader, Subscription subscription) {
            if (happening < 6) {
                feed(CELLS.get(happening % CELLS.size()), 1 + happening / CELLS.size() * 9);
            } else if (happening < 10) {
                reader.open(happening - 5, subscription);
            } else {
                runLater();
            }
        }

        void feed(String cell, int count) {
            List<StateRecord> batch = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                long sequence = sequences.merge(cell, 1L, Long::sum);
                TwinState state = TwinState.newBuilder()
                        .setCell(cell)
                        .setTestRun("run")
                        .setSequence(sequence)
                        .build();
                batch.add(StateRecord.of(state, 0));
            }
            store.accept(batch);
        }

        void runLater() {
            while (!later.isEmpty()) {
                later.remove().run();
            }
        }
    }

    /** A connection that takes so many messages and then is full; holds what is written against what was before. */
    private static final class Recorder implements Outlet {
        private final Map<String, Long> covered;
        private final boolean mayRepeat;
        private final List<Step> history = new ArrayList<>();
        private final Map<String, String> resets = new HashMap<>();
        private int room;

        /** What the reader knew after a state, and the id it would resume with. */
        record Step(String resumeId, Map<String, Long> covered) {}

        Recorder(Map<String, Long> covered, boolean mayRepeat) {
            this.covered = new HashMap<>(covered);
            this.mayRepeat = mayRepeat;
        }

        void open(int messages, Subscription subscription) {
            room = messages;
            subscription.pump();
        }

        @Override
        public boolean full() {
            return room <= 0;
        }

        @Override
        public void state(LiveEvent event, StateFields fields, String resumeId) {
            room--;
            String cell = event.line().cell();
            long sequence = event.stored().sequence();
            long before = covered.getOrDefault(cell, 0L);
            boolean toldAsMissing = ("run:" + sequence).equals(resets.remove(cell));
            if (!toldAsMissing && !(mayRepeat && sequence <= before)) {
                assertThat(sequence).as(cell).isEqualTo(before + 1);
            }
            covered.merge(cell, sequence, Math::max);
            history.add(new Step(resumeId, Map.copyOf(covered)));
        }

        @Override
        public void conflated(Conflated conflated) {
            room--;
            covered.merge(conflated.cell(), conflated.skipped(), Long::sum);
        }

        @Override
        public void reset(Reset reset) {
            for (Reset.Missing missing : reset.cells()) {
                if (missing.before() != null) {
                    resets.put(missing.cell(), missing.before());
                }
            }
        }

        @Override
        public void reading(LiveReading reading) {
            room--;
        }

        @Override
        public void alert(AlertLine line) {
            room--;
        }

        @Override
        public void outlook(Forecast forecast) {
            room--;
        }

        @Override
        public void heartbeat(long nowUnixUs) {
            room--;
        }

        @Override
        public void flush() {
            // nothing is gathered
        }

        @Override
        public void end() {
            room = 0;
        }
    }
}
