package io.pouchtwin.api.store;

import io.pouchtwin.contracts.v1.Alert;
import io.pouchtwin.contracts.v1.AlertAcknowledgement;
import io.pouchtwin.contracts.v1.CellRegistration;
import io.pouchtwin.contracts.v1.CycleEstimate;
import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.contracts.v1.TwinState;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The API's memory: each cell's registration, latest states and last sign of life.
 *
 * <p>Belongs to one thread. A state that the store already holds, or that is older than what it holds of the same test, is dropped and counted: a
 * feed may start again further back, a reader still sees each state once.
 */
public final class StateStore {
    /** Cycles that are kept of one cell, and of all together (about 1 kB each). */
    private static final int MOST_CYCLES_OF_ONE = 2_000;

    private static final int MOST_CYCLES = 100_000;

    private final StoreLimits limits;
    private final NavigableMap<String, CellLine> lines = new TreeMap<>();
    private final AlertBook alerts = new AlertBook();
    private final String instance;
    private @Nullable StoreListener listener;
    private long arrivals;
    private long registryVersion;
    private long duplicates;
    private long heldStates;

    /** An empty store with a name of its own. */
    public StateStore(StoreLimits limits) {
        this(limits, UUID.randomUUID().toString().substring(0, 8));
    }

    StateStore(StoreLimits limits, String instance) {
        this.limits = limits;
        this.instance = instance;
    }

    /** Who is told of changes from now on. */
    public void listen(StoreListener newListener) {
        listener = newListener;
    }

    /** Takes states in the order in which they were written. */
    public void accept(List<StateRecord> batch) {
        for (StateRecord entry : batch) {
            accept(entry);
        }
        batchEnd();
    }

    private void accept(StateRecord entry) {
        TwinState state = entry.state();
        CellLine line = line(state.getCell());
        Optional<StoredState> newest = line.ring().newest();
        String run = state.getTestRun();
        if (newest.isPresent() && newest.get().testRun().equals(run)) {
            if (state.getSequence() <= newest.get().sequence()) {
                duplicates++;
                return;
            }
            // one string for a whole run instead of one for each state
            run = newest.get().testRun();
        }
        StoredState stored = new StoredState(
                run,
                state.getSequence(),
                line.ring().newestOrdinal() + 1,
                ++arrivals,
                entry.receivedUnixUs(),
                entry.bytes());
        heldStates += line.ring().append(stored, limits.ringLength(lines.size()));
        line.latest(state);
        if (listener != null) {
            listener.onState(line, stored, state);
        }
    }

    /** Takes signs of life. */
    public void contacts(Map<String, Contact> newest) {
        newest.forEach((cell, contact) -> {
            CellLine line = line(cell);
            if (line.contact(contact) && listener != null) {
                listener.onContact(line, contact);
            }
        });
        batchEnd();
    }

    /** Takes revisions of alerts; what is known already is left out. */
    public void alerts(List<Alert> batch) {
        batch.forEach(alert -> tell(alerts.take(alert)));
        batchEnd();
    }

    /** Takes acknowledgements. */
    public void acknowledgements(List<AlertAcknowledgement> batch) {
        batch.forEach(acknowledgement -> tell(alerts.take(acknowledgement)));
        batchEnd();
    }

    private void tell(Optional<AlertLine> changed) {
        StoreListener told = listener;
        if (told != null) {
            changed.ifPresent(told::onAlert);
        }
    }

    /** Takes forecasts in the order in which they were written. */
    public void forecasts(List<Forecast> batch) {
        for (Forecast forecast : batch) {
            CellLine line = line(forecast.getCell());
            if (line.forecast(forecast) && listener != null) {
                listener.onForecast(line, forecast);
            }
        }
        batchEnd();
    }

    /** Takes cycles that have ended, in the order in which they were written. */
    public void cycles(List<CycleEstimate> batch) {
        for (CycleEstimate cycle : batch) {
            line(cycle.getCell()).cycle(cycle, Math.min(MOST_CYCLES_OF_ONE, MOST_CYCLES / lines.size()));
        }
    }

    /** The alerts. */
    public AlertBook alerts() {
        return alerts;
    }

    /** Takes the whole registry: a cell that is no longer in it loses its registration, not its states. */
    public void registry(Map<String, CellRegistration> registrations) {
        Map<String, CellRegistration> before = registry();
        if (before.equals(registrations)) {
            return;
        }
        lines.values().forEach(line -> line.register(registrations.get(line.cell())));
        registrations.forEach((cell, registration) -> line(cell).register(registration));
        registryVersion++;
    }

    /** The registered cells. */
    public Map<String, CellRegistration> registry() {
        Map<String, CellRegistration> registered = new HashMap<>();
        lines.values().forEach(line -> line.registration().ifPresent(r -> registered.put(line.cell(), r)));
        return registered;
    }

    private void batchEnd() {
        if (listener != null) {
            listener.onBatchEnd();
        }
    }

    private CellLine line(String cell) {
        return lines.computeIfAbsent(cell, CellLine::new);
    }

    /** One cell, if anything is known of it. */
    public Optional<CellLine> cell(String cell) {
        return Optional.ofNullable(lines.get(cell));
    }

    /** All cells by name. */
    public NavigableMap<String, CellLine> cells() {
        return Collections.unmodifiableNavigableMap(lines);
    }

    /** The place of the newest state among all: a reader who has seen it has seen everything so far. */
    public StreamPosition position() {
        return new StreamPosition(instance, arrivals);
    }

    /** Changes when the registry changes; unique to this store. */
    public String registryTag() {
        return instance + "-" + registryVersion;
    }

    /** Changes when an alert or what was said to it changes; unique to this store. */
    public String alertsTag() {
        return instance + "-" + alerts.changes();
    }

    /** How many states came that were held already. */
    public long duplicates() {
        return duplicates;
    }

    /** How many states are held now. */
    public long heldStates() {
        return heldStates;
    }
}
