package io.pouchtwin.app.endtoend;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import io.pouchtwin.app.monitoring.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Somebody who looks at the live page in a Chromium without a window, and reads what stands there. */
final class PageReader implements AutoCloseable {
    private final Playwright playwright;
    private final Page page;

    /** Opens a page; skips the test where there is no Chromium. */
    PageReader(String address) {
        LaunchOptions options = new LaunchOptions()
                .setExecutablePath(Tool.CHROMIUM.orSkip())
                .setArgs(List.of("--no-sandbox", "--disable-gpu"));
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        page = playwright.chromium().launch(options).newPage(new Browser.NewPageOptions().setViewportSize(1360, 820));
        page.navigate(address);
    }

    /** What stands in the first element that is of this kind. */
    String text(String selector) {
        return page.locator(selector).first().textContent();
    }

    /** What stands in each element of this kind. */
    List<String> texts(String selector) {
        return page.locator(selector).allTextContents();
    }

    /** What is said to somebody who points at it. */
    String title(String selector) {
        return String.valueOf(page.locator(selector).first().getAttribute("title"));
    }

    /** Waits until there is such an element. */
    void await(String selector) {
        page.locator(selector).first().waitFor();
    }

    /** The numbers of each chart in sight, as its button saves them. */
    List<List<String>> charts() throws IOException {
        List<List<String>> files = new ArrayList<>();
        Locator buttons = page.locator(".charts .takeaway button", new Page.LocatorOptions().setHasText("CSV"));
        for (int i = 0; i < buttons.count(); i++) {
            Locator button = buttons.nth(i);
            files.add(Files.readAllLines(page.waitForDownload(button::click).path(), StandardCharsets.UTF_8));
        }
        return files;
    }

    /** What the button of this name saves. */
    List<String> saved(String button) throws IOException {
        return Files.readAllLines(
                page.waitForDownload(() -> page.getByLabel(button).click()).path(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        playwright.close();
    }
}
