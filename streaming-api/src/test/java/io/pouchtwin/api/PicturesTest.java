package io.pouchtwin.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Takes the pictures of docs/live-page.md from a running demo, when asked to: {@code -Dpictures=http://127.0.0.1:8080}. */
@EnabledIfSystemProperty(named = "pictures", matches = "http.*")
class PicturesTest {
    private static final Path FOLDER = Path.of("..", "docs", "img");
    private static final double SETTLED_MS = 3_000;

    @Test
    void thePicturesAreTaken() {
        take("live-fleet", "/", ".space .row", Chromium.desk());
        take("live-page", "/?cell=pouch-001", ".charts .uplot", Chromium.desk());
        take("live-forecast", "/?cell=pouch-001&view=forecast", ".fans .uplot", Chromium.desk());
        take("live-dark", "/?cell=pouch-004", ".charts .uplot", Chromium.desk().setColorScheme(ColorScheme.DARK));
        take("live-phone", "/", ".space .row", Chromium.desk().setViewportSize(390, 800));
        report();
    }

    private static void take(String name, String address, String ready, Browser.NewContextOptions window) {
        try (Chromium.Tab tab = Chromium.open(window)) {
            look(tab.page, address, ready);
            tab.page.screenshot(new Page.ScreenshotOptions().setPath(FOLDER.resolve(name + ".png")));
            assertThat(tab.complaints).isEmpty();
        }
    }

    private static void look(Page page, String address, String ready) {
        page.navigate(Objects.requireNonNull(System.getProperty("pictures")) + address);
        assertThat(page.locator(ready).first()).isVisible();
        page.waitForTimeout(SETTLED_MS);
    }

    /** As a printer gets it: what is drawn for the screen is drawn anew for paper. */
    private static void report() {
        try (Chromium.Tab tab = Chromium.open(Chromium.desk().setViewportSize(760, 1075))) {
            look(tab.page, "/?cell=pouch-004&view=forecast", ".fans .uplot");
            tab.page.keyboard().press("1");
            tab.page.waitForTimeout(SETTLED_MS);
            tab.page.evaluate("dispatchEvent(new Event('beforeprint'))");
            tab.page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            tab.page.waitForTimeout(SETTLED_MS);
            tab.page.screenshot(new Page.ScreenshotOptions().setPath(FOLDER.resolve("live-report.png")));
        }
    }
}
