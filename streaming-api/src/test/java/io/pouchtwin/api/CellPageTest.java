package io.pouchtwin.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.Media;
import io.pouchtwin.contracts.v1.AlertStage;
import io.pouchtwin.contracts.v1.CycleEstimate;
import io.pouchtwin.contracts.v1.Estimate;
import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.contracts.v1.ForecastRecord;
import io.pouchtwin.contracts.v1.TrustState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The view of one cell, as a person in front of a browser has it. */
class CellPageTest {
    @RegisterExtension
    static final PageFixture LAB = new PageFixture(8);

    /** Between the margins of an A4 page, which are 10 mm each, at 96 px per inch. */
    private static final int PAPER_WIDTH_PX = 718;

    /** Two charts beside each other, with a gap of 3 px. */
    private static final double PAPER_COLUMN_PX = (PAPER_WIDTH_PX - 3) / 2.0;

    private static Locator tab(Page page, String id) {
        return page.locator("#tab-" + id);
    }

    @Test
    void sixFiguresStandOnTopEachWithItsIntervalAndTrend() {
        try (Chromium.Tab tab = LAB.open("/?cell=P005")) {
            Locator figures = tab.page.locator(".figure");
            assertThat(figures).hasCount(6);
            List<Pattern> expected = List.of(
                    Pattern.compile("State of charge.* ± .*%.*in \\d+ min"),
                    Pattern.compile("Capacity health98.0 ± 2.0 %.*mAh↘ −1.00 % in 10 cycles"),
                    Pattern.compile("Resistance, of new106 ± 8 %.*film 4.* Ω cm²↗ \\+4.0 % in 10 cycles"),
                    Pattern.compile("Lithium inventorynot known yet"),
                    Pattern.compile("Short risk8.0 %1.0 % to 30 %, in 50 cycles.*in 40 cycles"),
                    Pattern.compile("Remaining life210 cycles90 to 480, to 80 %.*in 40 cycles"));
            for (int i = 0; i < expected.size(); i++) {
                assertThat(figures.nth(i)).hasText(expected.get(i));
            }
            assertThat(tab.page.locator(".now"))
                    .containsText(
                            Pattern.compile("V measured, .* ± .* V predicted · .* mA/cm² \\(.* C, .* A\\) · .* °C"));
            assertThat(tab.complaints).isEmpty();
        }
    }

    @Test
    void theFourChartsFitTheWindowAndABrushZoomsThemTogether() {
        try (Chromium.Tab tab = LAB.open("/?cell=P007")) {
            Locator charts = tab.page.locator(".charts .uplot");
            assertThat(charts).hasCount(4);
            BoundingBox last = charts.nth(3).boundingBox();
            assertThat(last.y + last.height).as("answered without scrolling").isLessThanOrEqualTo(820);
            BoundingBox plot = tab.page.locator(".charts .u-over").nth(1).boundingBox();
            tab.page.mouse().move(plot.x + 200, plot.y + 20);
            tab.page.mouse().down();
            tab.page.mouse().move(plot.x + 400, plot.y + 25);
            tab.page.mouse().up();
            assertThat(tab.page).hasURL(Pattern.compile("\\?cell=P007&from=[\\d.]+&to=[\\d.]+$"));
            String address = tab.page.url();
            double from = Double.parseDouble(address.replaceAll(".*from=([\\d.]+).*", "$1"));
            double to = Double.parseDouble(address.replaceAll(".*to=([\\d.]+).*", "$1"));
            double whole = (SyntheticFleet.PAST - 1) * SyntheticFleet.LOGGED_EACH_S;
            assertThat((to - from) / whole).isBetween(200 / plot.width * 0.9, 200 / plot.width * 1.1);
            try (Chromium.Tab colleague = LAB.open(address.substring(address.indexOf('/', 8)))) {
                assertThat(colleague.page.getByText("Back to now")).isEnabled();
                colleague.page.getByText("Back to now").click();
                assertThat(colleague.page).hasURL(Pattern.compile("\\?cell=P007$"));
            }
        }
    }

    @Test
    void pointingSaysTheMomentInTheViewersZoneWithTheTestersTime() {
        try (Chromium.Tab tab = LAB.open("/?cell=P007")) {
            tab.page.locator(".charts .u-over").first().hover();
            assertThat(tab.page.locator(".cursor"))
                    .hasText(
                            Pattern.compile(
                                    "\\d+ \\w+ \\d{4}, \\d\\d:\\d\\d:\\d\\d CES?T · tester time \\d+:\\d\\d:\\d\\d, sample \\d+"));
            assertThat(tab.page.locator(".now"))
                    .hasAttribute("title", Pattern.compile(".* CES?T, tester time .* of test run-7, sample \\d+"));
            assertThat(tab.page.locator(".charts .legend").first())
                    .containsText(Pattern.compile("predicted.*\\d V.*measured.*\\d V"));
        }
    }

    @Test
    void theForecastShowsFansLifeDistributionRecordAndThreeViewsOfDendrites() {
        try (Chromium.Tab tab = LAB.open("/?cell=P005&view=forecast")) {
            assertThat(tab.page.locator(".fans .uplot")).hasCount(2);
            assertThat(tab.page.locator(".outlook .words"))
                    .containsText("earlier medians faint behind it. Made at the end of cycle 160");
            assertThat(tab.page.locator("svg.life .piece")).hasCount(4);
            assertThat(tab.page.locator(".life-box")).containsText("210 cycles (90 %: 90 to 480)");
            Locator views = tab.page.locator(".views > div");
            assertThat(views).hasCount(3);
            assertThat(views.nth(0)).containsText(Pattern.compile("Margin now.*10.40 \\(90 %: 4.00 to 28.00\\)"));
            assertThat(views.nth(1)).containsText("Accumulated hazard 0.120 (90 %: 0.030 to 0.500)");
            assertThat(views.nth(2))
                    .containsText(Pattern.compile("☑ more charge goes in.*☑ voltage falls at rest.*385 Ω"));
            assertThat(tab.page.locator(".facts").first())
                    .containsText("150 forecast capacities scored, of 160 forecasts, the 90 % interval held in 91 %");
        }
    }

    @Test
    void theCyclesStandInATableAndTheTwinSaysHowFarToBelieveIt() throws IOException {
        try (Chromium.Tab tab = LAB.open("/?cell=P005&view=cycles")) {
            Locator rows = tab.page.locator(".cycles tbody tr");
            assertThat(rows).hasCount(30);
            assertThat(rows.first()).containsText("30 (incomplete)");
            assertThat(rows.nth(1)).hasText("290.3801 Ah0.3679 Ah99.840 %93.10 %–97.1 ± 0.7 %112 ± 3 %–3.1 mVtrusted");
            Locator trust = tab.page.locator(".panel-cycles .facts");
            assertThat(trust).containsText("Trusted: the errors are as large as the twin says.");
            assertThat(trust)
                    .containsText(Pattern.compile("Measured inside the 90 % band[\\d.]+ % of the last 900 samples"));
            assertThat(trust).containsText("150 forecast capacities scored, of 160 forecasts");
            Download file = tab.page.waitForDownload(
                    () -> tab.page.getByLabel("Cycle table as CSV").click());
            List<String> lines = Files.readAllLines(file.path(), StandardCharsets.UTF_8);
            assertThat(lines).hasSize(31);
            assertThat(lines.get(0).split(","))
                    .startsWith("id", "cell")
                    .contains("cycle_count", "discharge_ah.value", "capacity_health.sigma")
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void theCycleTableOfACoinWithoutAChargeIsInMilliampereHours() {
        LAB.store(store -> store.cycles(List.of(CycleEstimate.newBuilder()
                .setCell("P006")
                .setTestRun("run-6")
                .setCycleCount(1)
                .setDischargeAh(Estimate.newBuilder().setValue(0.003))
                .build())));
        try (Chromium.Tab tab = LAB.open("/?cell=P006&view=cycles")) {
            assertThat(tab.page.locator(".cycles tbody td").first()).hasText("–");
            assertThat(tab.page.locator(".cycles tbody td").nth(1)).hasText("3.0000 mAh");
        }
    }

    @Test
    void whatTheFansAreDrawnWithIsAskedForAgainAfterItDidNotCome() {
        try (Chromium.Tab tab = Chromium.open(Chromium.desk())) {
            AtomicInteger asked = new AtomicInteger();
            tab.page.route("**/uPlot.esm.js", route -> {
                if (asked.getAndIncrement() == 0) {
                    route.abort();
                } else {
                    route.resume();
                }
            });
            tab.page.navigate(LAB.api().uri("/?cell=P005&view=forecast").toString());
            assertThat(tab.page.locator(".fans canvas")).hasCount(2);
            assertThat(asked.get()).isGreaterThan(1);
            assertThat(tab.complaints).isEmpty();
        }
    }

    @Test
    void theKeysOneToFourChangeTheViewAndTheAddressHoldsIt() {
        try (Chromium.Tab tab = LAB.open("/?cell=P005")) {
            tab.page.locator(".charts .uplot").first().waitFor();
            for (String view : List.of("forecast", "alerts", "cycles")) {
                tab.page
                        .keyboard()
                        .press(Integer.toString(
                                List.of("now", "forecast", "alerts", "cycles").indexOf(view) + 1));
                assertThat(tab(tab.page, view)).hasAttribute("aria-selected", "true");
                assertThat(tab.page).hasURL(Pattern.compile("view=" + view));
                assertThat(tab.page.locator("#view-" + view)).isVisible();
            }
            tab.page.keyboard().press("Escape");
            assertThat(tab.page.locator(".fleet")).isVisible();
        }
    }

    @Test
    void anAlertLeadsToItsMomentInTheCharts() {
        try (Chromium.Tab tab = LAB.open("/?cell=P005&view=alerts")) {
            Locator card = tab.page.locator("#view-alerts .alert");
            assertThat(card).containsText("do not charge it again");
            card.getByText("Show the moment").click();
            assertThat(tab(tab.page, "now")).hasAttribute("aria-selected", "true");
            assertThat(tab.page).hasURL(Pattern.compile("\\?cell=P005&from=\\d+\\.000&to=\\d+\\.000$"));
        }
    }

    @Test
    void anAlertThatComesWhileOneLooksAtItsCellIsCountedAndReadOut() {
        try (Chromium.Tab tab = LAB.open("/?cell=P003")) {
            tab.page.locator(".charts .uplot").first().waitFor();
            assertThat(tab(tab.page, "alerts")).hasText("Alerts");
            assertThat(tab.page.locator("#connection")).hasText("Live");
            LAB.store(store -> store.alerts(List.of(Alerts.raised("of-another", "P008"), Alerts.raised("0c", "P003"))));
            assertThat(tab.page.locator("#announcer")).containsText("warning: P003, ");
            assertThat(tab(tab.page, "alerts")).hasText("Alerts (1)");
            tab.page.keyboard().press("3");
            assertThat(tab.page.locator("#view-alerts .alert")).hasCount(1);
        }
    }

    @Test
    void theChartsGoOnWithoutAGapWhenTheServerComesBack() throws IOException {
        ApiFixture first = new ApiFixture();
        int port = first.port();
        first.feed("A01", "run-1", 1, 50);
        try (Chromium.Tab tab = Chromium.open(Chromium.desk())) {
            tab.page.navigate(first.uri("/?cell=A01").toString());
            tab.page.locator(".charts .uplot").first().waitFor();
            first.close();
            assertThat(tab.page.locator("#connection")).containsText("Connection lost at");
            try (ApiFixture second = new ApiFixture(new ApiConfig("127.0.0.1", port, 100, 10_000, 1, 30, 50))) {
                second.feed("A01", "run-1", 1, 70);
                assertThat(tab.page.locator("#connection")).hasText("Live");
                second.feed("A01", "run-1", 71, 80);
                assertThat(tab.page.locator(".now")).hasAttribute("title", Pattern.compile(".*, sample 80"));
                Download file = tab.page.waitForDownload(() ->
                        tab.page.getByLabel("Voltage, 90 % band [V] as CSV").click());
                List<String> lines = Files.readAllLines(file.path(), StandardCharsets.UTF_8);
                int place = List.of(lines.get(0).split(",", -1)).indexOf("sequence");
                assertThat(lines.stream().skip(1).map(line -> Integer.valueOf(line.split(",", -1)[place])))
                        .isEqualTo(IntStream.rangeClosed(1, 80).boxed().toList());
            }
        }
    }

    @Test
    void whatIsNotOfNowOrNotToBeBelievedIsSaidOverItsCharts() {
        try (Chromium.Tab tab = LAB.open("/?cell=P002")) {
            assertThat(tab.page.locator(".banner"))
                    .containsText(Pattern.compile("Not live\\. Stale: tester silent for \\d+ min\\."));
            assertThat(tab.page.locator(".cell")).hasClass(Pattern.compile("old"));
            tab.page.navigate(LAB.api().uri("/?cell=P001").toString());
            assertThat(tab.page.locator(".banner")).containsText("Do not rely on the prediction");
            assertThat(tab.page.locator(".cell")).hasClass(Pattern.compile("diverged"));
            tab.page.waitForFunction("() => { const all = document.querySelectorAll('.charts .uplot');"
                    + " return all.length === 4 && all[3].getBoundingClientRect().bottom <= innerHeight; }");
            tab.page.navigate(LAB.api().uri("/?cell=P004").toString());
            assertThat(tab.page.locator(".banner")).containsText("Not live. Test ended");
        }
    }

    @Test
    void whoComesStraightToACellIsToldThatItIsStaleAfterTheServersTime() {
        SyntheticCell quiet = new SyntheticCell("P100", "run-100");
        SyntheticFleet.feed(LAB::store, quiet, 0, 1, 20, 60);
        try (Chromium.Tab tab = LAB.open("/?cell=P100")) {
            tab.page.locator(".charts .uplot").first().waitFor();
            assertThat(tab.page.locator(".words").first()).containsText("last sample");
            assertThat(tab.page.locator(".banner")).isHidden();
            assertThat(tab.page.locator(".cell")).not().hasClass(Pattern.compile("old"));
        }
    }

    @Test
    void everyChartIsTakenAwayAsCsvAndToTheClipboard() throws IOException {
        try (Chromium.Tab tab = LAB.open("/?cell=P007")) {
            tab.window.grantPermissions(List.of("clipboard-read", "clipboard-write"));
            Locator csv = tab.page.locator(".charts .takeaway button", new Page.LocatorOptions().setHasText("CSV"));
            assertThat(csv).hasCount(4);
            List<String> heads =
                    List.of("voltage_measured_v", "innovation_mv", "lithium_kinetics_mv", "current_density_ma_cm2");
            for (int i = 0; i < 4; i++) {
                Locator button = csv.nth(i);
                Download file = tab.page.waitForDownload(button::click);
                List<String> lines = Files.readAllLines(file.path(), StandardCharsets.UTF_8);
                assertThat(lines.get(0))
                        .startsWith("time_s,test_time_s,sequence,")
                        .contains(heads.get(i));
                assertThat(lines).hasSizeGreaterThan((int) SyntheticFleet.PAST);
                assertThat(file.suggestedFilename()).startsWith("P007-").endsWith(".csv");
            }
            tab.page.getByLabel("Copy Voltage, 90 % band [V]").click();
            assertThat(tab.page.locator(".said").first()).hasText("Copied");
            String text = (String) tab.page.evaluate("() => navigator.clipboard.readText()");
            assertThat(text).startsWith("time_s\ttest_time_s\tsequence\tvoltage_low_v");
            assertThat(tab.page.evaluate(
                            "async () => (await navigator.clipboard.read())[0].types.includes('image/png')"))
                    .isEqualTo(true);
        }
    }

    @Test
    void newSamplesComeIntoTheChartsWithoutMovingThePage() {
        try (Chromium.Tab tab = Chromium.open(Chromium.desk())) {
            tab.page.addInitScript(
                    "window.shift = 0; new PerformanceObserver((list) => list.getEntries()"
                            + ".forEach((entry) => { window.shift += entry.value; })).observe({ type: 'layout-shift', buffered: true });");
            tab.page.navigate(LAB.api().uri("/?cell=P008").toString());
            tab.page.locator(".charts .uplot").first().waitFor();
            String before = tab.page.locator(".now").textContent();
            SyntheticFleet.feed(
                    LAB::store, LAB.fleet().get(7), 7, SyntheticFleet.PAST + 1, SyntheticFleet.PAST + 40, 0);
            assertThat(tab.page.locator(".now")).not().hasText(before);
            assertThat((Number) tab.page.evaluate("window.shift"))
                    .extracting(Number::doubleValue)
                    .satisfies(shift -> assertThat(shift).isLessThan(0.02));
        }
    }

    @Test
    void aReportOfTheCellIsPrintedOnOnePage() {
        try (Chromium.Tab tab = LAB.open("/?cell=P005")) {
            tab.page.locator(".charts .uplot").first().waitFor();
            assertThat(tab.page.locator(".figure").last()).containsText("210 cycles");
            // what nobody has looked at yet is on paper too
            assertThat(pages(tab.page)).isEqualTo(1);
            tab.page.evaluate("dispatchEvent(new Event('beforeprint'))");
            tab.page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            assertThat(tab.page.locator(".fans canvas")).hasCount(2);
            // the window is still as wide as a desk's: nobody draws again once the paper has its layout
            for (Locator canvas :
                    tab.page.locator(".charts canvas, .fans canvas").all()) {
                assertThat(canvas.boundingBox().width)
                        .as("drawn for its column of the paper: neither cut off nor lost in it")
                        .isBetween(0.95 * PAPER_COLUMN_PX, PAPER_COLUMN_PX);
            }
            tab.page.setViewportSize(PAPER_WIDTH_PX, 1_000);
            assertThat(tab.page.evaluate("document.documentElement.scrollWidth"))
                    .as("nothing reaches beyond the paper")
                    .isEqualTo(PAPER_WIDTH_PX);
            for (String part : List.of(".figure b", ".charts canvas", ".fans canvas", ".alert", "svg.life", ".facts")) {
                assertThat(tab.page.locator(part).first()).isVisible();
            }
            assertThat(tab.page.locator(".tabs")).isHidden();
        }
    }

    @Test
    void aPhoneShowsTheTabThatIsChosen() {
        try (Chromium.Tab tab =
                LAB.open("/?cell=P005&view=cycles", Chromium.phone().setViewportSize(360, 800))) {
            Locator chosen = tab.page.locator(".tabs button[aria-selected=true]");
            assertThat(chosen).hasText("Cycles and trust");
            assertThat(chosen).isInViewport(new LocatorAssertions.IsInViewportOptions().setRatio(1));
        }
    }

    @Test
    void aScaleOnBothSidesOfZeroHasThreeNumbersHoweverSmallOrLarge() {
        try (Chromium.Tab tab = LAB.open("/?cell=P005")) {
            for (double most : List.of(0.4, 1.0, 95.5, 199.9, 5_200.0)) {
                List<Double> ticks = ((List<?>) tab.page.evaluate(
                                "async (most) => (await import('/page/chart.js')).evenSplits(most)", most))
                        .stream().map(tick -> ((Number) tick).doubleValue()).toList();
                assertThat(ticks).hasSize(3);
                assertThat(ticks.get(2)).isBetween(0.4 * most, most);
                assertThat(ticks.get(0)).isEqualTo(-ticks.get(2));
            }
        }
    }

    @Test
    void aPrinterGetsTheFansDrawnForPaperThoughTheyWereDrawnForAScreen() {
        try (Chromium.Tab tab = LAB.open("/?cell=P005&view=forecast")) {
            assertThat(tab.page.locator(".fans canvas").last()).isVisible();
            // it takes what is there when the event has been answered, and waits for nothing
            Object widths = tab.page.evaluate(
                    "async () => { dispatchEvent(new Event('beforeprint')); await null; return [...document.querySelectorAll('.fans canvas')].map((c) => c.getBoundingClientRect().width); }");
            assertThat((List<?>) widths)
                    .hasSize(2)
                    .allSatisfy(width -> assertThat(((Number) width).doubleValue())
                            .isBetween(0.95 * PAPER_COLUMN_PX, PAPER_COLUMN_PX));
        }
    }

    @Test
    void alsoTheReportOfACellInTroubleIsOnePage() {
        SyntheticCell cell = new SyntheticCell("P102", "run-102", TrustState.TRUST_STATE_DIVERGED, 1.76e9);
        SyntheticFleet.feed(LAB::store, cell, 0, 1, 600, 0);
        String words = "Lithium grows through the membrane: soft-short-called, charge-balance, rest-drift. "
                + "6.40 mA/cm2 is 3.03 times the critical current density of 2.11 mA/cm2 that is reported for PPLA";
        LAB.store(store -> {
            store.registry(Map.of(
                    "P102", cell.registration(0).toBuilder().setNote(words).build()));
            // as much as a cell of the demo has to say: four horizons, and records of all kinds
            Forecast drawn = SyntheticFleet.forecast(12, 0.36);
            ForecastRecord record = drawn.getCellRecord().toBuilder()
                    .setLivesEnded(3)
                    .setRemainingLifeError(0.12)
                    .build();
            store.forecasts(List.of(drawn.toBuilder()
                    .setCell("P102")
                    .setTestRun("run-102")
                    .setTrusted(false)
                    .addAllFailure(Collections.nCopies(3, drawn.getFailure(0)))
                    .setCellRecord(record)
                    .setOverallRecord(record)
                    .build()));
            store.alerts(IntStream.range(0, 5)
                    .mapToObj(i -> Alerts.raised("1" + i, "P102").toBuilder()
                            .setStage(AlertStage.ALERT_STAGE_CRITICAL)
                            .setLikelyCause(words)
                            .setSuggestedAction(
                                    "Stop the channel, let the cell stand under watch, and do not charge it again. Look at the rests.")
                            .build())
                    .toList());
        });
        try (Chromium.Tab tab = LAB.open("/?cell=P102&view=forecast")) {
            assertThat(tab.page.locator(".fans canvas").last()).isVisible();
            assertThat(tab.page.locator("#tab-alerts")).hasText("Alerts (5)");
            assertThat(tab.page.locator("#view-alerts")).containsText("mA/cm²");
            assertThat(pages(tab.page)).isEqualTo(1);
        }
    }

    private static long pages(Page page) {
        byte[] pdf = page.pdf(new Page.PdfOptions().setPreferCSSPageSize(true).setPrintBackground(true));
        return Pattern.compile("/Type\\s*/Page\\b")
                .matcher(new String(pdf, StandardCharsets.ISO_8859_1))
                .results()
                .count();
    }
}
