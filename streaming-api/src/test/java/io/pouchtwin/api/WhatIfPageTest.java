package io.pouchtwin.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.InvalidProtocolBufferException;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import io.pouchtwin.contracts.BusAddress;
import io.pouchtwin.contracts.v1.CyclingProgramme;
import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.contracts.v1.ForecastRequest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The form that asks what would be if, as a person in front of a browser has it. A forecaster that answers at once stands behind it. */
class WhatIfPageTest {
    private static final double MOST_CHARGE_A = 7.6;
    private static final BlockingQueue<ForecastRequest> ASKED = new LinkedBlockingQueue<>();

    @RegisterExtension
    static final PageFixture LAB = new PageFixture(8, WhatIfPageTest::withForecaster);

    private static ApiFixture withForecaster() {
        ApiFixture api = new ApiFixture(PageFixture.CONFIG);
        api.vertx.eventBus().consumer(BusAddress.forecastRequest("P005"), WhatIfPageTest::answer);
        return api;
    }

    private static void answer(Message<Buffer> message) {
        try {
            ForecastRequest request = ForecastRequest.parseFrom(message.body().getBytes());
            ASKED.add(request);
            if (request.getChargeCurrentA() > MOST_CHARGE_A) {
                message.fail(
                        BusAddress.SENSELESS,
                        "charge_current_a: " + request.getChargeCurrentA() + ", expected at most " + MOST_CHARGE_A);
                return;
            }
            if (request.hasVoltageMaxV() && request.getVoltageMaxV() > 4.4) {
                message.fail(BusAddress.SENSELESS, "voltage_max_v: 5.0, expected 2.8 to 4.4");
                return;
            }
            Forecast runs = SyntheticFleet.forecast(160, 0.345);
            CyclingProgramme.Builder programme = runs.getProgramme().toBuilder();
            if (request.hasChargeCurrentA()) {
                programme.setChargeCurrentDensityMaCm2(22 * request.getChargeCurrentA() / 6.534);
            }
            message.reply(Buffer.buffer(SyntheticFleet.forecast(160, 0.37).toBuilder()
                    .setCell("P005")
                    .setWhatIf(true)
                    .setProgramme(programme)
                    .build()
                    .toByteArray()));
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void forget() {
        ASKED.clear();
    }

    private static Chromium.Tab open() {
        Chromium.Tab tab = LAB.open("/?cell=P005&view=forecast");
        assertThat(tab.page.locator(".fans .uplot")).hasCount(2);
        return tab;
    }

    private static void forecast(Page page) {
        page.locator(".what-if-form button[type=submit]").click();
    }

    /** How much of the first fan is drawn in the colour of a what-if. */
    private static int whatIfPixels(Page page) {
        return ((Number) page.evaluate("() => { const c = document.querySelector('.fans canvas');"
                        + " const want = getComputedStyle(document.documentElement).getPropertyValue('--what-if').trim();"
                        + " const [r, g, b] = [1, 3, 5].map((i) => parseInt(want.slice(i, i + 2), 16));"
                        + " const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; let n = 0;"
                        + " for (let i = 0; i < d.length; i += 4) { if (d[i + 3] > 100 && Math.abs(d[i] - r) < 24"
                        + " && Math.abs(d[i + 1] - g) < 24 && Math.abs(d[i + 2] - b) < 24) n++; } return n; }"))
                .intValue();
    }

    @Test
    void itBeginsWithWhatRunsAndAsItStandsChangesNothing() {
        try (Chromium.Tab tab = open()) {
            assertThat(tab.page.locator("input[name=charge]")).hasValue("22");
            assertThat(tab.page.locator("input[name=discharge]")).hasValue("8.8");
            assertThat(tab.page.locator("input[name=max]")).hasValue("4.4");
            assertThat(tab.page.locator("input[name=min]")).hasValue("2.8");
            assertThat(tab.page.locator("input[name=ambient]")).hasValue("25");
            forecast(tab.page);
            assertThat(tab.page.locator(".what-if-form .problem"))
                    .hasText("Nothing was changed: this is the programme that runs.");
            ForecastRequest asked = ASKED.remove();
            assertThat(asked)
                    .isEqualTo(ForecastRequest.newBuilder().setCell("P005").build());
            assertThat(tab.complaints).isEmpty();
        }
    }

    @Test
    void whatIsChangedIsAskedForInAmperesAndTheAnswerDrawnInAnotherLineStyle() throws IOException {
        try (Chromium.Tab tab = open()) {
            assertThat(whatIfPixels(tab.page)).isZero();
            tab.page.locator("input[name=charge]").fill("11");
            tab.page.locator("input[name=max]").fill("4.3");
            tab.page.locator("input[name=ambient]").fill("45");
            forecast(tab.page);
            assertThat(tab.page.locator(".what-if-form .problem"))
                    .containsText("Drawn dash-dotted: charge at 11.00, discharge at 8.80 mA/cm²");
            ForecastRequest asked = ASKED.remove();
            assertThat(asked.getChargeCurrentA()).isCloseTo(6.534 / 2, within(1e-9));
            assertThat(asked.getVoltageMaxV()).isEqualTo(4.3);
            assertThat(asked.getAmbientDegc()).isEqualTo(45);
            assertThat(asked.hasDischargeCurrentA()).isFalse();
            assertThat(asked.hasVoltageMinV()).isFalse();

            assertThat(tab.page.locator(".fans .legend").first()).containsText("what if");
            assertThat(whatIfPixels(tab.page)).isGreaterThan(100);
            assertThat(tab.page.locator("svg.life path.what-if")).isVisible();
            assertThat(tab.page.locator("svg.life path.what-if")).hasCSS("stroke-dasharray", "10px, 3px, 2px, 3px");
            Download file = tab.page.waitForDownload(
                    () -> tab.page.getByLabel("Discharge capacity [Ah] as CSV").click());
            assertThat(Files.readAllLines(file.path()).get(0)).contains("capacity_ah_p50,", "capacity_ah_p50_what_if");

            tab.page.getByText("Put away").click();
            assertThat(tab.page.locator("svg.life path.what-if")).hasCount(0);
            assertThat(tab.page.locator("input[name=charge]")).hasValue("22");
            tab.page.waitForFunction("() => !document.querySelector('.fans .legend').textContent.includes('what if')");
            assertThat(whatIfPixels(tab.page)).isZero();
            assertThat(tab.complaints).isEmpty();
        }
    }

    @Test
    void whatCannotBeRunIsSaidAtItsField() {
        try (Chromium.Tab tab = open()) {
            tab.page.locator("input[name=charge]").fill("66");
            forecast(tab.page);
            assertThat(tab.page.locator("#what-if-charge"))
                    .hasText(Pattern.compile("expected at most 7\\.6 \\(19\\.60 A is 66 mA/cm² here\\)"));
            assertThat(tab.page.locator("input[name=charge]")).hasAttribute("aria-invalid", "true");
            assertThat(tab.page.locator("input[name=charge]")).isFocused();
            assertThat(tab.page.locator("input[name=max]")).hasAttribute("aria-invalid", "false");
            assertThat(tab.accessibilityFindings()).isEmpty();

            tab.page.locator("input[name=charge]").fill("22");
            tab.page.locator("input[name=max]").fill("5");
            forecast(tab.page);
            assertThat(tab.page.locator("#what-if-max")).hasText("expected 2.8 to 4.4");
            assertThat(tab.page.locator("#what-if-charge")).hasText("");
            // the document refuses this one before any forecaster sees it
            ASKED.clear();
            tab.page.locator("input[name=max]").fill("4.4");
            tab.page.locator("input[name=ambient]").fill("400");
            forecast(tab.page);
            assertThat(tab.page.locator("#what-if-ambient")).hasText("expected a number from -40 to 90");
            assertThat(ASKED).isEmpty();
        }
    }

    @Test
    void withoutAForecasterItSaysSo() {
        try (Chromium.Tab tab = open()) {
            tab.page.route("**/forecast/what-if", route -> route.abort());
            forecast(tab.page);
            assertThat(tab.page.locator(".what-if-form .problem")).hasText("The server does not answer.");
            assertThat(tab.page.locator(".what-if-form button[type=submit]")).isEnabled();
        }
    }
}
