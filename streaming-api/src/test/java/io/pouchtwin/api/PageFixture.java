package io.pouchtwin.api;

import com.microsoft.playwright.Browser;
import io.pouchtwin.api.store.StateStore;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A server with drawn cells for all tests of a class, and people in front of browsers who look at its page. */
final class PageFixture implements BeforeAllCallback, AfterAllCallback {
    /** A drawn cell holds an hour of samples, and is not stale before five minutes. */
    static final ApiConfig CONFIG = new ApiConfig("127.0.0.1", 0, 1_000, 200_000, 1, 300, 50);

    private final int cells;
    private final Supplier<ApiFixture> start;
    private Optional<ApiFixture> server = Optional.empty();
    private List<SyntheticCell> fleet = List.of();

    /** With so many cells, to whomever asks. */
    PageFixture(int cells) {
        this(cells, () -> new ApiFixture(CONFIG));
    }

    /** With so many cells in a server that is started when the tests begin. */
    PageFixture(int cells, Supplier<ApiFixture> start) {
        this.cells = cells;
        this.start = start;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        server = Optional.of(start.get());
        fleet = SyntheticFleet.fill(this::store, cells);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        api().close();
    }

    ApiFixture api() {
        return server.orElseThrow();
    }

    List<SyntheticCell> fleet() {
        return fleet;
    }

    /** Does something with the store and waits until it is done. */
    void store(Consumer<StateStore> work) {
        api().store(work);
    }

    /** Somebody at a desk opens an address of the page. */
    Chromium.Tab open(String address) {
        return open(address, Chromium.desk());
    }

    /** Somebody opens an address of the page in a window of their own. */
    Chromium.Tab open(String address, Browser.NewContextOptions window) {
        Chromium.Tab tab = Chromium.open(window);
        tab.page.navigate(api().uri(address).toString());
        return tab;
    }
}
