package io.pouchtwin.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No view of the page keeps anybody out: checked with axe, in light and dark. */
class AccessibilityTest {
    @RegisterExtension
    static final PageFixture LAB = new PageFixture(12);

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void noViewHasASeriousFinding(ColorScheme scheme) {
        lookAtAll(Chromium.desk().setColorScheme(scheme));
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void noViewHasASeriousFindingOnAPhone(ColorScheme scheme) {
        lookAtAll(Chromium.phone().setColorScheme(scheme));
    }

    private static void lookAtAll(Browser.NewContextOptions window) {
        try (Chromium.Tab tab = Chromium.open(window)) {
            for (String address : List.of(
                    "/",
                    "/?q=zzz",
                    "/?cell=P005",
                    "/?cell=P005&view=forecast",
                    "/?cell=P005&view=alerts",
                    "/?cell=P005&view=cycles",
                    "/?cell=P001",
                    "/?cell=P002",
                    "/?cell=nobody",
                    "/api")) {
                tab.page.navigate(LAB.api().uri(address).toString());
                tab.page.waitForFunction("(s) => document.querySelector(s) !== null", sign(address));
                assertThat(tab.accessibilityFindings()).as(address).isEmpty();
            }
        }
    }

    /** What is there once a view is. */
    private static String sign(String address) {
        if (address.equals("/api")) {
            return ".opblock";
        }
        return address.contains("cell=P") ? ".charts .uplot" : ".space .row, .notice:not([hidden])";
    }

    @Test
    void theFormThatTakesAnAlertOnKeepsNobodyOut() {
        try (Chromium.Tab tab = LAB.open("/?cell=P005&view=alerts")) {
            tab.page.getByText("Acknowledge").click();
            assertThat(tab.page.getByLabel("Your name").isVisible()).isTrue();
            assertThat(tab.accessibilityFindings()).isEmpty();
        }
    }
}
