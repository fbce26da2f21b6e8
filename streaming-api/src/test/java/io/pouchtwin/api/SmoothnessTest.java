package io.pouchtwin.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * A thousand cells at 1 Hz, and one cell at 10 Hz. What the browser's frames cost is printed, not asserted: it belongs to the machine. How many frames there were belongs also to
 * what else runs on it; the processor time that each asks of the page's main thread does not.
 */
class SmoothnessTest {
    private static final int CELLS = 1000;

    /** Draws for six seconds, doing something before each frame, and gives back what the frames were like. */
    private static final String FRAMES =
            "async (act) => { const step = new Function('t', act); const gaps = []; let last = performance.now();"
                    + " const start = last; await new Promise((done) => { const frame = (now) => { gaps.push(now - last); last = now; step(now - start);"
                    + " if (now - start < 6000) requestAnimationFrame(frame); else done(); }; requestAnimationFrame(frame); });"
                    + " gaps.sort((a, b) => a - b); const at = (share) => gaps[Math.floor(share * (gaps.length - 1))];"
                    + " return { perSecond: gaps.length / 6, median: at(0.5), p99: at(0.99) }; }";

    /** How much of what is in the window moves by itself. */
    private static final String WATCH_SHIFT =
            "window.shift = 0; window.moved = []; new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.shift += entry.value;"
                    + " entry.sources.forEach((s) => window.moved.push(`${s.node?.className || s.node?.nodeName} ${Math.round(s.previousRect.top)}>${Math.round(s.currentRect.top)}`)); })).observe({ type: 'layout-shift', buffered: true });";

    @Test
    void aThousandCellsScrollWithOnlyTheRowsInSightInTheDocument() {
        ScheduledExecutorService testers = Executors.newSingleThreadScheduledExecutor();
        try (ApiFixture api = new ApiFixture(new ApiConfig("127.0.0.1", 0, 1_000, 1_000_000, 1, 30, 50));
                Chromium.Tab tab = bare()) {
            List<SyntheticCell> fleet = SyntheticFleet.fill(api::store, CELLS);
            tab.page.navigate(api.uri("/").toString());
            assertThat(tab.page.locator(".summary")).containsText(CELLS + " cells in all");
            long[] next = {SyntheticFleet.PAST};
            var unused = testers.scheduleAtFixedRate(
                    () -> {
                        next[0]++;
                        for (int i = 4; i < CELLS; i++) {
                            SyntheticFleet.feed(api::store, fleet.get(i), i, next[0], next[0], 0);
                        }
                    },
                    0,
                    1,
                    TimeUnit.SECONDS);
            report(CELLS + " cells at 1 Hz", tab.page, "");
            report(
                    CELLS + " cells at 1 Hz while scrolling",
                    tab.page,
                    "const g = document.querySelector('.grid'); g.scrollTop = (t * 3) % g.scrollHeight;");
            reportPaint(tab.page);
            assertThat((Integer) tab.page.locator(".space .row").count())
                    .as("rows in the document")
                    .isLessThan(60);
            tab.page.locator(".grid").focus();
            tab.page.keyboard().press("End");
            assertThat(tab.page.locator(".row[aria-selected=true]")).hasAttribute("aria-rowindex", "" + (CELLS + 1));
            tab.page.locator("#search").fill("P987");
            assertThat(tab.page.locator(".space .row")).hasCount(1);
            assertThat(tab.complaints).isEmpty();
        } finally {
            testers.shutdownNow();
        }
    }

    @Test
    void aCellAtTenHertzKeepsItsChartsUp() {
        ScheduledExecutorService tester = Executors.newSingleThreadScheduledExecutor();
        try (ApiFixture api = new ApiFixture(new ApiConfig("127.0.0.1", 0, 5_000, 100_000, 1, 30, 50));
                Chromium.Tab tab = bare()) {
            SyntheticCell cell = new SyntheticCell("A01", "run-1");
            api.store(store -> store.registry(Map.of("A01", cell.registration(0))));
            api.feed(cell, 1, 4_000);
            tab.page.navigate(api.uri("/?cell=A01").toString());
            assertThat(tab.page.locator(".charts .uplot")).hasCount(4);
            long[] next = {4_000};
            var unused = tester.scheduleAtFixedRate(
                    () -> {
                        next[0]++;
                        api.feed(cell, next[0], next[0]);
                    },
                    0,
                    100,
                    TimeUnit.MILLISECONDS);
            report("one cell at 10 Hz with 4,000 states in its charts", tab.page, "");
            assertThat(tab.page.locator(".now"))
                    .hasAttribute("title", Pattern.compile(".*sample 4(0[1-9]|[1-9]\\d)\\d"));
            reportPaint(tab.page);
        } finally {
            tester.shutdownNow();
        }
    }

    private static Chromium.Tab bare() {
        // the page's own policy forbids the measuring function; nothing else of it is in question here
        Chromium.Tab tab = Chromium.open(Chromium.desk().setBypassCSP(true));
        tab.page.addInitScript(WATCH_SHIFT);
        return tab;
    }

    private static void report(String what, Page page, String act) {
        Map<?, ?>[] frames = new Map<?, ?>[1];
        MainThread work = MainThread.during(page, () -> frames[0] = (Map<?, ?>) page.evaluate(FRAMES, act));
        System.out.printf(
                "live page, %s: %.0f frames/s, gap p50 %.1f ms, p99 %.1f ms; main thread busy in each 16.7 ms: mean %.1f ms, p95 %.1f, p99 %.1f, most %.1f;"
                        + " more than a frame in %d of %d; longest task %.1f ms (%s)%n",
                what,
                number(frames[0], "perSecond"),
                number(frames[0], "median"),
                number(frames[0], "p99"),
                work.frameMs().stream().mapToDouble(ms -> ms).average().orElse(Double.NaN),
                work.quantileMs(0.95),
                work.quantileMs(0.99),
                work.quantileMs(1),
                work.late(),
                work.frameMs().size(),
                work.longestTaskMs(),
                work.longestWhat());
    }

    private static void reportPaint(Page page) {
        System.out.println(
                "live page: "
                        + page.evaluate(
                                "performance.getEntriesByType('paint').map((entry) => entry.name + ' ' + Math.round(entry.startTime) + ' ms').join(', ')"
                                        + " + ', layout shift ' + window.shift.toFixed(4) + ' ' + [...new Set(window.moved)].slice(0, 8).join('; ')"));
    }

    private static double number(Map<?, ?> of, String name) {
        return of.get(name) instanceof Number number ? number.doubleValue() : Double.NaN;
    }
}
