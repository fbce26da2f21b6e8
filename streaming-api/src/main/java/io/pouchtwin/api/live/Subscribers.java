package io.pouchtwin.api.live;

import io.pouchtwin.api.store.AlertLine;
import io.pouchtwin.api.store.CellLine;
import io.pouchtwin.api.store.Contact;
import io.pouchtwin.api.store.StateStore;
import io.pouchtwin.api.store.StoreListener;
import io.pouchtwin.api.store.StoredState;
import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.contracts.v1.TwinState;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/** Everyone who listens. Belongs to the store's event loop. */
public final class Subscribers implements StoreListener {
    private final StateStore store;
    private final LiveMetrics metrics;
    private final int most;
    private final Executor later;
    private final LongSupplier unixUs;
    private final Set<Subscription> open = new LinkedHashSet<>();
    private final Set<Subscription> ofAll = new LinkedHashSet<>();
    private final Map<String, Set<Subscription>> byCell = new HashMap<>();
    private final Set<Subscription> touched = new LinkedHashSet<>();

    /**
     * Listens to a store.
     *
     * @param most how many may listen at once
     * @param later runs a task on the event loop, after what it is doing now
     * @param unixUs the clock, microseconds since 1970-01-01 UTC
     */
    public Subscribers(StateStore store, LiveMetrics metrics, int most, Executor later, LongSupplier unixUs) {
        this.store = store;
        this.metrics = metrics;
        this.most = most;
        this.later = later;
        this.unixUs = unixUs;
        store.listen(this);
    }

    /** Whether one more may listen. */
    public boolean hasRoom() {
        return open.size() < most;
    }

    Subscription open(Outlet outlet, Subscription.Ids ids) {
        Subscription subscription = new Subscription(outlet, store, metrics, ids, later, unixUs);
        open.add(subscription);
        metrics.subscribers(outlet instanceof WebSocketOutlet).incrementAndGet();
        return subscription;
    }

    void close(Subscription subscription) {
        if (open.remove(subscription)) {
            metrics.subscribers(subscription.outlet() instanceof WebSocketOutlet)
                    .decrementAndGet();
            unfollowAll(subscription);
            List.copyOf(subscription.followed()).forEach(cell -> unfollow(subscription, cell));
        }
    }

    void follow(Subscription subscription, String cell, Wish wish) {
        subscription.follow(cell, wish);
        byCell.computeIfAbsent(cell, c -> new LinkedHashSet<>()).add(subscription);
    }

    void unfollow(Subscription subscription, String cell) {
        subscription.unfollow(cell);
        byCell.computeIfPresent(cell, (c, followers) -> {
            followers.remove(subscription);
            return followers.isEmpty() ? null : followers;
        });
    }

    void followAll(Subscription subscription, Wish wish) {
        subscription.followAll(wish);
        ofAll.add(subscription);
    }

    void unfollowAll(Subscription subscription) {
        ofAll.remove(subscription);
        subscription.unfollowAll();
    }

    @Override
    public void onState(CellLine line, StoredState stored, TwinState state) {
        Set<Subscription> followers = byCell.getOrDefault(line.cell(), Set.of());
        if (followers.isEmpty() && ofAll.isEmpty()) {
            return;
        }
        LiveEvent event = new LiveEvent(line, stored, state);
        for (Subscription subscription : followers) {
            subscription.offer(event);
            touched.add(subscription);
        }
        for (Subscription subscription : ofAll) {
            subscription.offer(event);
            touched.add(subscription);
        }
    }

    @Override
    public void onContact(CellLine line, Contact contact) {
        for (Subscription subscription : byCell.getOrDefault(line.cell(), Set.of())) {
            subscription.offer(line, contact);
            touched.add(subscription);
        }
        for (Subscription subscription : ofAll) {
            subscription.offer(line, contact);
            touched.add(subscription);
        }
    }

    @Override
    public void onAlert(AlertLine line) {
        for (Subscription subscription : byCell.getOrDefault(line.alert().getCell(), Set.of())) {
            subscription.offer(line);
            touched.add(subscription);
        }
        for (Subscription subscription : ofAll) {
            subscription.offer(line);
            touched.add(subscription);
        }
    }

    @Override
    public void onForecast(CellLine line, Forecast forecast) {
        for (Subscription subscription : byCell.getOrDefault(line.cell(), Set.of())) {
            subscription.offer(forecast);
            touched.add(subscription);
        }
        for (Subscription subscription : ofAll) {
            subscription.offer(forecast);
            touched.add(subscription);
        }
    }

    @Override
    public void onBatchEnd() {
        touched.forEach(Subscription::pump);
        touched.clear();
    }

    /** Sends what rate limits held back; to be called several times a second. */
    public void tick() {
        open.stream().filter(Subscription::rateLimited).forEach(Subscription::pump);
    }

    /** Tells everyone that the connection lives. */
    public void heartbeat() {
        long now = unixUs.getAsLong();
        for (Subscription subscription : open) {
            if (!subscription.outlet().full()) {
                subscription.outlet().heartbeat(now);
                subscription.outlet().flush();
            }
        }
    }

    /** Ends all streams because the server stops. */
    public void endAll() {
        List.copyOf(open).forEach(subscription -> {
            close(subscription);
            subscription.outlet().end();
        });
    }

    StateStore store() {
        return store;
    }
}
