package io.pouchtwin.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import io.pouchtwin.api.security.AccessConfig;
import io.pouchtwin.api.security.NewApiKey;
import io.pouchtwin.api.security.Role;
import io.pouchtwin.api.security.TlsConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Signing in on the page, as a person in front of a browser does. */
class SignInPageTest {
    private static final NewApiKey VIEWER = NewApiKey.make("bench-1", Role.VIEWER);
    private static final NewApiKey OPERATOR = NewApiKey.make("anna", Role.OPERATOR);

    @TempDir
    private static Path directory;

    @RegisterExtension
    static final PageFixture LAB = new PageFixture(8, SignInPageTest::withKeys);

    private static ApiFixture withKeys() {
        try {
            Path keys = Files.writeString(directory.resolve("keys"), VIEWER.line() + "\n" + OPERATOR.line() + "\n");
            AccessConfig access = LoginTest.access(keys, 10_000, 100_000, 50, "");
            return new ApiFixture(PageFixture.CONFIG.with(TlsConfig.NONE, access));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void signIn(Page page, NewApiKey key) {
        page.getByLabel("API key or token").fill(key.key());
        page.keyboard().press("Enter");
    }

    @Test
    void nothingButTheFormIsShownUntilSomebodySignsIn() {
        try (Chromium.Tab tab = LAB.open("/?cell=P005&view=forecast")) {
            assertThat(tab.page.getByLabel("API key or token")).isFocused();
            assertThat(tab.page.locator("#connection")).hasText("Not signed in");
            assertThat(tab.page.locator("main")).not().containsText("P005");
            signIn(tab.page, OPERATOR);
            // what was asked for is what one gets
            assertThat(tab.page.locator("h2")).hasText("P005");
            assertThat(tab.page.locator(".fans .uplot")).hasCount(2);
            assertThat(tab.page.locator(".caller")).containsText("anna (operator)");
            assertThat(tab.page.locator("#connection")).hasText("Live");
            assertThat(tab.complaints).isEmpty();
        }
    }

    @Test
    void aKeyThatIsNotAcceptedIsSaidAndCanBeTypedAgain() {
        try (Chromium.Tab tab = LAB.open("/")) {
            tab.page.getByLabel("API key or token").fill("not-a-key");
            tab.page
                    .getByText("Sign in", new Page.GetByTextOptions().setExact(true))
                    .last()
                    .click();
            assertThat(tab.page.locator("[role=alert]")).hasText("This key is not accepted.");
            assertThat(tab.page.locator(".row")).hasCount(0);
            signIn(tab.page, VIEWER);
            assertThat(tab.page.locator(".space .row")).hasCount(8);
        }
    }

    @Test
    void theKeyIsKeptNowhereThatAScriptCanRead() {
        try (Chromium.Tab tab = LAB.open("/")) {
            signIn(tab.page, OPERATOR);
            assertThat(tab.page.locator(".space .row")).hasCount(8);
            assertThat(tab.page.evaluate("document.cookie")).isEqualTo("");
            assertThat(tab.page.evaluate("JSON.stringify([localStorage, sessionStorage])"))
                    .asString()
                    .doesNotContain(OPERATOR.key());
            assertThat(tab.page.url()).doesNotContain(OPERATOR.key());
            List<Cookie> cookies = tab.window.cookies();
            assertThat(cookies).hasSize(1);
            assertThat(cookies.get(0).httpOnly).isTrue();
            assertThat(cookies.get(0).value).doesNotContain(OPERATOR.key());
        }
    }

    @Test
    void aViewerIsToldThatOnlyAnOperatorTakesAlertsOn() {
        try (Chromium.Tab tab = LAB.open("/?cell=P005&view=alerts")) {
            signIn(tab.page, VIEWER);
            Locator card = tab.page.locator("#view-alerts .alert");
            card.getByText("Acknowledge").click();
            card.getByLabel("Your name").fill("somebody");
            card.getByText("Confirm").click();
            assertThat(card.locator("[role=alert]")).containsText(Pattern.compile("operator"));
            assertThat(LAB.api().acknowledged).isEmpty();
        }
    }

    @Test
    void signingOutShowsTheFormAndTellsNothingMore() {
        try (Chromium.Tab tab = LAB.open("/")) {
            signIn(tab.page, VIEWER);
            assertThat(tab.page.locator(".space .row")).hasCount(8);
            tab.page.getByText("Sign out").click();
            assertThat(tab.page.getByLabel("API key or token")).isVisible();
            assertThat(tab.page.locator(".row")).hasCount(0);
            tab.page.reload();
            assertThat(tab.page.getByLabel("API key or token")).isVisible();
        }
    }

    @Test
    void theFormComesBackByItselfWhenTheSessionHasEnded() {
        try (Chromium.Tab tab = LAB.open("/")) {
            signIn(tab.page, VIEWER);
            assertThat(tab.page.locator(".space .row")).hasCount(8);
            tab.window.clearCookies(new BrowserContext.ClearCookiesOptions());
            // somebody comes back to the tab
            tab.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
            assertThat(tab.page.getByLabel("API key or token")).isVisible();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void theFormKeepsNobodyOut(ColorScheme scheme) {
        try (Chromium.Tab tab = LAB.open("/", Chromium.desk().setColorScheme(scheme))) {
            tab.page.getByLabel("API key or token").fill("not-a-key");
            tab.page.keyboard().press("Enter");
            assertThat(tab.page.locator("[role=alert]")).isVisible();
            assertThat(tab.accessibilityFindings()).isEmpty();
        }
    }
}
