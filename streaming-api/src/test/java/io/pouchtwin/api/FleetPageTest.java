package io.pouchtwin.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import io.pouchtwin.contracts.v1.Alert;
import io.pouchtwin.contracts.v1.AlertStage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The fleet, as a person in front of a browser has it. */
class FleetPageTest {
    private static final String DARK_GROUND = "rgb(21, 24, 26)";

    /** Whether the first sparkline has its line in dark or in light ink. */
    private static final String INK = "(which) => { const c = document.querySelector('.space .row canvas');"
            + " if (!c || !c.width) return false; const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; let dark = 0, light = 0;"
            + " for (let i = 0; i < d.length; i += 4) { if (d[i + 3] > 200 && d[i] < 60) dark++; if (d[i + 3] > 200 && d[i] > 200) light++; }"
            + " return which === 'dark' ? dark > 20 && light < 5 : light > 20 && dark < 5; }";

    @RegisterExtension
    static final PageFixture LAB = new PageFixture(12);

    private static Locator rows(Page page) {
        return page.locator(".space .row");
    }

    @Test
    void whoAsksForAttentionComesFirstWithItsNumbersAndIntervals() {
        try (Chromium.Tab tab = LAB.open("/")) {
            assertThat(rows(tab.page)).hasCount(12);
            List<String> names = tab.page.locator(".space .row a").allTextContents();
            assertThat(names.stream().sorted().toList()).hasSize(12);
            Locator worst = tab.page.locator("[aria-rowindex='2']").last();
            assertThat(worst)
                    .containsText(Pattern.compile("P005.*neware-.*cycle.*V.*%.*90 to 480.*8.0 %.*Soft short.*s"));
            assertThat(worst).hasAttribute("data-mark", "critical");
            assertThat(tab.page.locator("[aria-rowindex='3']").last()).containsText("P006");
            assertThat(tab.page.locator("[aria-rowindex='4']").last()).containsText("diverged: errors beyond band");
            assertThat(tab.page.locator("[aria-rowindex='5']").last())
                    .containsText(Pattern.compile("stale: tester silent for \\d+ min"));
            assertThat(tab.page.locator(".summary"))
                    .containsText("1 critical · 1 with a warning · 1 diverged · 1 stale");
            assertThat(tab.complaints).isEmpty();
        }
    }

    @Test
    void theSparklineHasItsMeasuredLineAndThePredictedBandBehindIt() {
        try (Chromium.Tab tab = LAB.open("/")) {
            tab.page.waitForFunction(
                    "() => { const c = document.querySelector('.space .row canvas');"
                            + " return c && c.width > 0 && c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some((v) => v > 0); }");
            // both colours are somewhere in it: the ink of what was measured, and the band's blue
            Object colours = tab.page.evaluate("() => { const c = document.querySelector('.space .row canvas');"
                    + " const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; let ink = 0, band = 0;"
                    + " for (let i = 0; i < d.length; i += 4) { if (d[i + 3] > 200 && d[i] < 60) ink++;"
                    + " if (d[i + 3] > 0 && d[i + 2] > d[i] + 60) band++; } return [ink > 20, band > 20]; }");
            assertThat(colours).isEqualTo(List.of(true, true));
        }
    }

    @Test
    void searchAndChoicesNarrowTheFleetAndTheAddressHoldsThem() {
        try (Chromium.Tab tab = LAB.open("/")) {
            assertThat(rows(tab.page)).hasCount(12);
            tab.page.keyboard().press("/");
            tab.page.keyboard().type("27-22");
            assertThat(rows(tab.page)).hasCount(4);
            tab.page.getByLabel("Show only one design").selectOption("pouch-ncm811-ppla");
            assertThat(rows(tab.page)).hasCount(2);
            tab.page.getByLabel("Show only one tester").selectOption("neware-2");
            assertThat(rows(tab.page)).hasCount(1);
            assertThat(tab.page).hasURL(Pattern.compile("\\?q=27-22&design=pouch-ncm811-ppla&tester=neware-2$"));
            String address = tab.page.url();
            try (Chromium.Tab colleague = LAB.open(address.substring(address.indexOf('/', 8)))) {
                assertThat(rows(colleague.page)).hasCount(1);
                assertThat(colleague.page.locator("#search")).hasValue("27-22");
                colleague.page.keyboard().press("Escape");
                assertThat(rows(colleague.page)).hasCount(12);
                colleague.page.locator("#search").fill("nothing like this");
                assertThat(colleague.page.locator(".notice")).containsText("No cell matches “nothing like this”");
            }
        }
    }

    @Test
    void aCampaignCanBeLookedAtAlone() {
        try (Chromium.Tab tab = LAB.open("/")) {
            tab.page.getByLabel("Show only one campaign").selectOption("calendar-2026");
            assertThat(rows(tab.page)).hasCount(3);
            assertThat(tab.page).hasURL(Pattern.compile("\\?campaign=calendar-2026$"));
            assertThat(tab.page.locator(".summary")).containsText("12 cells in all · 3 shown");
            tab.page.reload();
            assertThat(rows(tab.page)).hasCount(3);
        }
    }

    @Test
    void theColoursFollowTheSystemWhileOneLooks() {
        try (Chromium.Tab tab = LAB.open("/")) {
            assertThat(rows(tab.page)).hasCount(12);
            tab.page.waitForFunction(INK, "dark");
            tab.page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            assertThat(tab.page.locator("body")).hasCSS("background-color", DARK_GROUND);
            // what is drawn, too
            tab.page.waitForFunction(INK, "light");
        }
    }

    @Test
    void scrollingShowsEveryCellOnceAndInOrder() {
        try (ApiFixture many = new ApiFixture(PageFixture.CONFIG);
                Chromium.Tab tab = Chromium.open(Chromium.desk())) {
            SyntheticFleet.fill(many::store, 80);
            tab.page.navigate(many.uri("/").toString());
            assertThat(tab.page.locator(".summary")).containsText("80 cells in all");
            Set<String> seen = new TreeSet<>();
            for (int top = 0; top <= 80 * 44; top += 220) {
                tab.page.evaluate("(top) => { document.querySelector('.grid').scrollTop = top; }", top);
                tab.page.evaluate(
                        "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
                Object inSight = tab.page.evaluate(
                        "() => [...document.querySelectorAll('.space .row')].map((row) => [Number(row.ariaRowIndex),"
                                + " Math.round(new DOMMatrix(getComputedStyle(row).transform).m42), row.querySelector('a').textContent])");
                for (Object each : (List<?>) inSight) {
                    List<?> row = (List<?>) each;
                    assertThat(row.get(1)).as("place of %s", row).isEqualTo(44 * ((Integer) row.get(0) - 2));
                    seen.add((String) row.get(2));
                }
            }
            assertThat(seen).hasSize(80);
        }
    }

    @Test
    void theKeyboardAloneGoesThroughTheFleetIntoACellAndBack() {
        try (Chromium.Tab tab = LAB.open("/")) {
            assertThat(rows(tab.page)).hasCount(12);
            tab.page.keyboard().press("ArrowDown");
            tab.page.keyboard().press("ArrowDown");
            Locator selected = tab.page.locator(".row[aria-selected=true] a");
            String name = selected.textContent();
            tab.page.keyboard().press("Enter");
            assertThat(tab.page.locator("h2")).hasText(name);
            assertThat(tab.page).hasURL(Pattern.compile("\\?cell=" + name + "$"));
            tab.page.keyboard().press("Escape");
            assertThat(selected).hasText(name);
            tab.page.keyboard().press("End");
            assertThat(tab.page.locator(".row[aria-selected=true]")).hasAttribute("aria-rowindex", "13");
            tab.page.goBack();
            assertThat(tab.page.locator("h2")).hasText(name);
        }
    }

    @Test
    void theCursorStandsOnTheWorstUntilSomebodyMovesItAndThenStaysWithItsCell() {
        try (ApiFixture lab = new ApiFixture();
                Chromium.Tab tab = Chromium.open(Chromium.desk())) {
            for (String cell : List.of("A01", "A02", "A03")) {
                lab.feed(cell, "run-1", 1, 20);
            }
            tab.page.navigate(lab.uri("/").toString());
            Locator cursor = tab.page.locator(".row[aria-selected=true] a");
            assertThat(cursor).hasText("A01");
            assertThat(tab.page.locator("#connection")).hasText("Live");
            lab.store(store -> store.alerts(List.of(Alerts.raised("0a", "A03"))));
            assertThat(cursor).hasText("A03");
            tab.page.keyboard().press("ArrowDown");
            assertThat(cursor).hasText("A01");
            lab.store(store -> store.alerts(List.of(Alerts.raised("0b", "A02").toBuilder()
                    .setStage(AlertStage.ALERT_STAGE_CRITICAL)
                    .build())));
            assertThat(tab.page.locator(".row[aria-rowindex='2'] a")).hasText("A02");
            assertThat(cursor).hasText("A01");
        }
    }

    @Test
    void theCellThatSomebodyLooksAtKeepsTheCursorThoughAnotherBecomesTheWorst() {
        keepsTheCursor(page -> page.keyboard().press("Shift"));
    }

    @Test
    void whoComesIntoTheFleetFromTheSearchKeepsTheCursorToo() {
        keepsTheCursor(page -> {
            page.locator("#search").click();
            page.keyboard().press("ArrowDown");
        });
    }

    @Test
    void aCellThatASearchLeavesOutDoesNotKeepTheCursor() {
        try (Chromium.Tab tab = LAB.open("/")) {
            assertThat(rows(tab.page)).hasCount(12);
            Locator cursor = tab.page.locator(".row[aria-selected=true] a");
            tab.page.keyboard().press("ArrowDown");
            assertThat(cursor).not().hasText("P011");
            tab.page.keyboard().press("/");
            tab.page.keyboard().type("P011");
            assertThat(cursor).hasText("P011");
            tab.page.keyboard().press("Enter");
            tab.page.keyboard().press("Enter");
            assertThat(tab.page.locator("h2")).hasText("P011");
        }
    }

    private static void keepsTheCursor(Consumer<Page> come) {
        try (ApiFixture lab = new ApiFixture();
                Chromium.Tab tab = Chromium.open(Chromium.desk())) {
            for (String cell : List.of("A01", "A02", "A03")) {
                lab.feed(cell, "run-1", 1, 20);
            }
            lab.store(store -> store.alerts(List.of(Alerts.raised("0a", "A03"))));
            tab.page.navigate(lab.uri("/").toString());
            Locator cursor = tab.page.locator(".row[aria-selected=true] a");
            assertThat(cursor).hasText("A03");
            assertThat(tab.page.locator("#connection")).hasText("Live");
            come.accept(tab.page);
            lab.store(store -> store.alerts(List.of(Alerts.raised("0b", "A02").toBuilder()
                    .setStage(AlertStage.ALERT_STAGE_CRITICAL)
                    .build())));
            assertThat(tab.page.locator(".row[aria-rowindex='2'] a")).hasText("A02");
            assertThat(cursor).hasText("A03");
            tab.page.keyboard().press("Enter");
            assertThat(tab.page.locator("h2")).hasText("A03");
        }
    }

    @Test
    void anAlertThatComesWhileOneLooksIsSaidAndCanBeTakenOn() {
        try (Chromium.Tab tab = LAB.open("/")) {
            assertThat(rows(tab.page)).hasCount(12);
            // what is there before the page listens is no news
            assertThat(tab.page.locator("#connection")).hasText("Live");
            Alert raised = Alerts.raised("came-later", "P009").toBuilder()
                    .setStage(AlertStage.ALERT_STAGE_CRITICAL)
                    .setTitle("It came while one looked")
                    .setLikelyCause("A cause.")
                    .setSuggestedAction("An action.")
                    .setLink("/?cell=P009")
                    .build();
            LAB.api().store(store -> store.alerts(List.of(raised)));
            assertThat(tab.page.locator("#announcer")).containsText("critical: P009, It came while one looked");
            Locator card = tab.page.locator(".alert", new Page.LocatorOptions().setHasText("It came while one looked"));
            assertThat(card).containsText("P009");
            assertThat(card).containsText("threshold 1.00");
            assertThat(card).containsText("A cause.");
            assertThat(card).containsText("An action.");
            assertThat(tab.page.locator(".row", new Page.LocatorOptions().setHasText("P009")))
                    .hasAttribute("data-mark", "critical");
            card.getByText("Acknowledge").click();
            card.getByLabel("Your name").fill("anna");
            card.getByLabel("Note").fill("on my way");
            card.getByText("Confirm").click();
            assertThat(card).containsText(Pattern.compile("Acknowledged by anna, .*: on my way"));
            assertThat(LAB.api().acknowledged)
                    .anyMatch(one -> one.getAlertId().equals("came-later")
                            && one.getOperator().equals("anna"));
            assertThat(tab.complaints).isEmpty();
        }
    }

    @Test
    void anAlertThatComesWhileTheAlertsAreBeingFetchedIsNotLost() {
        try (ApiFixture lab = new ApiFixture();
                Chromium.Tab tab = Chromium.open(Chromium.desk())) {
            lab.feed("A01", "run-1", 1, 20);
            tab.page.route("**/api/v1/alerts?*", route -> {
                APIResponse before = route.fetch();
                if (tab.page.locator("#connection[data-connected=true]").count() > 0) {
                    // the stream is there: it tells of the alert before the answer, which does not know of it, arrives
                    lab.store(store -> store.alerts(List.of(Alerts.raised("0a", "A01"))));
                    assertThat(tab.page.locator("#announcer")).containsText("warning: A01");
                }
                route.fulfill(new Route.FulfillOptions().setResponse(before));
            });
            tab.page.navigate(lab.uri("/").toString());
            assertThat(tab.page.locator("#announcer")).containsText("warning: A01");
            tab.page.waitForTimeout(500);
            assertThat(tab.page.locator(".alert")).containsText("A01");
        }
    }

    @Test
    void aCellWhoseTesterFallsSilentIsSaidToBeStale() {
        try (ApiFixture short_ = new ApiFixture(new ApiConfig("127.0.0.1", 0, 1_000, 100_000, 1, 1, 50));
                Chromium.Tab tab = Chromium.open(Chromium.desk())) {
            SyntheticCell cell = new SyntheticCell("A01", "run-1");
            short_.store(store -> store.registry(Map.of("A01", cell.registration(0))));
            tab.page.navigate(short_.uri("/").toString());
            assertThat(tab.page.locator(".row[data-mark=never]")).containsText("no sample yet");
            short_.feed(cell, 1, 20);
            assertThat(tab.page.locator(".space .row")).not().hasClass(Pattern.compile("old"));
            assertThat(tab.page.locator(".row[data-mark=stale]")).containsText("stale: tester silent for");
            assertThat(tab.page.locator(".space .row")).hasClass(Pattern.compile("old"));
            tab.page.keyboard().press("Enter");
            assertThat(tab.page.locator(".banner"))
                    .containsText(
                            Pattern.compile("Not live. Stale: tester silent .* What is shown are the last numbers."));
            assertThat(tab.page.locator(".cell")).hasClass(Pattern.compile("old"));
            // it comes back by itself when the tester does
            short_.feed(cell, 21, 22);
            assertThat(tab.page.locator(".banner")).isHidden();
        }
    }

    @Test
    void aLostConnectionIsSaidAtOnceAndHealsByItself() {
        ApiFixture first = new ApiFixture();
        int port = first.port();
        first.feed("A01", "run-1", 1, 20);
        try (Chromium.Tab tab = Chromium.open(Chromium.desk())) {
            tab.page.navigate(first.uri("/").toString());
            assertThat(tab.page.locator("#connection")).hasText("Live");
            first.close();
            assertThat(tab.page.locator("#connection")).containsText("Connection lost at");
            assertThat(tab.page.locator("body")).hasClass("disconnected");
            try (ApiFixture second = new ApiFixture(new ApiConfig("127.0.0.1", port, 100, 10_000, 1, 30, 50))) {
                second.feed("A01", "run-1", 1, 30);
                second.feed("B02", "run-1", 1, 30);
                assertThat(tab.page.locator("#connection")).hasText("Live");
                assertThat(rows(tab.page)).hasCount(2);
            }
        }
    }

    @Test
    void emptyLoadingAndFailingAreDesigned() {
        try (ApiFixture empty = new ApiFixture();
                Chromium.Tab tab = Chromium.open(Chromium.desk())) {
            tab.page.navigate(empty.uri("/").toString());
            assertThat(tab.page.locator(".notice")).containsText("No cell is known yet.");
            empty.feed("A01", "run-1", 1, 2);
            assertThat(rows(tab.page)).hasCount(1);
            tab.page.route("**/api/v1/cells?*", route -> route.abort());
            tab.page.reload();
            assertThat(tab.page.locator(".notice")).containsText("Fetching the cells…");
            assertThat(tab.page.locator("#connection")).containsText("The server does not answer. Trying again.");
            tab.page.unroute("**/api/v1/cells?*");
            assertThat(rows(tab.page)).hasCount(1);
            tab.page.navigate(empty.uri("/?cell=nobody").toString());
            assertThat(tab.page.locator(".notice").first()).containsText("No such cell is known.");
        }
    }

    @Test
    void aPhoneShowsTheSameWithoutScrollingSideways() {
        try (Chromium.Tab tab = Chromium.open(Chromium.phone())) {
            for (String address : List.of(
                    "/",
                    "/?cell=P005",
                    "/?cell=P005&view=forecast",
                    "/?cell=P005&view=cycles",
                    "/?cell=P005&view=alerts")) {
                tab.page.navigate(LAB.api().uri(address).toString());
                tab.page
                        .locator(address.equals("/") ? ".space .row" : ".figure b")
                        .first()
                        .waitFor();
                assertThat(tab.page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                        .as(address)
                        .isEqualTo(true);
            }
            assertThat(tab.page.locator(".alert")).containsText("Soft short");
        }
    }
}
