package io.pouchtwin.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No view of the page keeps anybody out: checked with axe, in light and dark. */
class AccessibilityTest {
    private static ApiFixture api;

    @BeforeAll
    static void start() {
        api = new ApiFixture(new ApiConfig("127.0.0.1", 0, 1_000, 100_000, 1, 300, 50));
        SyntheticFleet.fill(api::store, 12);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void noViewHasASeriousFinding(ColorScheme scheme) {
        try (Chromium.Tab tab = Chromium.open(Chromium.desk().setColorScheme(scheme))) {
            for (String address : List.of(
                    "/",
                    "/?q=zzz",
                    "/?cell=P005",
                    "/?cell=P005&view=forecast",
                    "/?cell=P005&view=alerts",
                    "/?cell=P005&view=cycles",
                    "/?cell=P001",
                    "/?cell=P002",
                    "/?cell=nobody")) {
                tab.page.navigate(api.uri(address).toString());
                String ready = address.contains("cell=P") ? ".charts .uplot" : ".space .row, .notice:not([hidden])";
                tab.page.waitForFunction("(s) => document.querySelector(s) !== null", ready);
                assertThat(tab.accessibilityFindings()).as(address).isEmpty();
            }
        }
    }
}
