package io.pouchtwin.api.store;

import io.pouchtwin.contracts.v1.CellRegistration;
import io.pouchtwin.contracts.v1.CycleEstimate;
import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.contracts.v1.TwinState;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Everything the store knows of one cell. Belongs to the store's thread. */
public final class CellLine {
    /** Forecasts that are kept: the newest, and enough earlier ones to see whether they were right. */
    private static final int FORECASTS = 5;

    private final String cell;
    private final StateRing ring = new StateRing();
    private final Deque<Forecast> forecasts = new ArrayDeque<>();
    private final Deque<CycleEstimate> cycles = new ArrayDeque<>();
    private @Nullable CellRegistration registration;
    private @Nullable TwinState latest;
    private @Nullable Contact contact;

    CellLine(String cell) {
        this.cell = cell;
    }

    /** The cell's name. */
    public String cell() {
        return cell;
    }

    /** What the registry says the cell is; empty while nobody registered it. */
    public Optional<CellRegistration> registration() {
        return Optional.ofNullable(registration);
    }

    /** The cell's latest states. */
    public StateRing ring() {
        return ring;
    }

    /** The newest state. */
    public Optional<TwinState> latest() {
        return Optional.ofNullable(latest);
    }

    /** The latest sign of life from the tester, apart from stored samples. */
    public Optional<Contact> contact() {
        return Optional.ofNullable(contact);
    }

    /** The latest forecasts, oldest first, all of one test. */
    public List<Forecast> forecasts() {
        return List.copyOf(forecasts);
    }

    /** The newest of them. */
    public Optional<Forecast> forecast() {
        return Optional.ofNullable(forecasts.peekLast());
    }

    /** Takes a forecast; false for one that is known already. */
    boolean forecast(Forecast forecast) {
        if (!forecasts.isEmpty()) {
            Forecast last = forecasts.getLast();
            if (!last.getTestRun().equals(forecast.getTestRun())) {
                forecasts.clear();
            } else if (last.getCycleCount() >= forecast.getCycleCount()) {
                return false; // known already
            }
        }
        forecasts.add(forecast);
        if (forecasts.size() > FORECASTS) {
            forecasts.remove();
        }
        return true;
    }

    /** The latest cycles that have ended, oldest first. */
    public List<CycleEstimate> cycles() {
        return List.copyOf(cycles);
    }

    /** Takes a cycle that has ended, unless it is known already; keeps so many. */
    void cycle(CycleEstimate cycle, int most) {
        CycleEstimate last = cycles.peekLast();
        boolean known = last != null
                && last.getTestRun().equals(cycle.getTestRun())
                && last.getCycleCount() >= cycle.getCycleCount();
        if (known) {
            return;
        }
        cycles.add(cycle);
        while (cycles.size() > most) {
            cycles.remove();
        }
    }

    /** When the gateway received the newest sample, microseconds since 1970-01-01 UTC; 0 where nothing came or nobody said. */
    public long lastSampleUnixUs() {
        return ring.newest().map(StoredState::receivedUnixUs).orElse(0L);
    }

    /** When the tester was last heard of, by a sample or otherwise, microseconds since 1970-01-01 UTC; 0: never. */
    public long lastContactUnixUs() {
        return Math.max(lastSampleUnixUs(), contact == null ? 0 : contact.unixUs());
    }

    void register(@Nullable CellRegistration newRegistration) {
        registration = newRegistration;
    }

    void latest(TwinState newest) {
        latest = newest;
    }

    boolean contact(Contact newest) {
        if (contact != null && contact.unixUs() > newest.unixUs()) {
            return false;
        }
        contact = newest;
        return true;
    }
}
