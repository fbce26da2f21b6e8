package io.pouchtwin.api;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The Chromium of this machine, without a window. It is started once for all tests of a run; where there is none, the tests that need it are skipped and say
 * so. {@code CHROMIUM} names another one than the first on the path.
 */
final class Chromium {
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");
    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox", // the tests may run as root, in a container
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--no-first-run");
    private static final double TIMEOUT_MS = 30_000;

    private static final Optional<Browser> BROWSER = launch();

    private Chromium() {}

    private static Optional<Browser> launch() {
        Optional<Path> executable = executable();
        if (executable.isEmpty()) {
            System.err.println("No Chromium found: the browser tests of the live page are SKIPPED. Install one "
                    + "(Debian: apt-get install chromium) or name it in CHROMIUM.");
            return Optional.empty();
        }
        PlaywrightAssertions.setDefaultAssertionTimeout(TIMEOUT_MS);
        // nothing is fetched: the driver is in the test's class path, the browser is the machine's own
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
        return Optional.of(playwright
                .chromium()
                .launch(new LaunchOptions().setExecutablePath(executable.get()).setArgs(ARGUMENTS)));
    }

    private static Optional<Path> executable() {
        String named = System.getenv("CHROMIUM");
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        Stream<Path> onPath = NAMES.stream()
                .flatMap(name -> Arrays.stream(path.split(File.pathSeparator))
                        .filter(folder -> !folder.isEmpty())
                        .map(folder -> Path.of(folder, name)));
        return Stream.concat(Stream.ofNullable(named).map(Path::of), onPath)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** What a person sees: a window of 1360 x 820 in light colours, in Berlin. */
    static Browser.NewContextOptions desk() {
        return new Browser.NewContextOptions()
                .setViewportSize(1360, 820)
                .setTimezoneId("Europe/Berlin")
                .setLocale("en-GB");
    }

    /** The same person's phone. */
    static Browser.NewContextOptions phone() {
        return desk().setViewportSize(390, 800).setHasTouch(true);
    }

    /** A tab of a window of its own; skips the test where there is no Chromium. */
    static Tab open(Browser.NewContextOptions options) {
        Assumptions.assumeTrue(BROWSER.isPresent(), "no Chromium on this machine");
        return new Tab(BROWSER.orElseThrow().newContext(options));
    }

    /** One tab, and what went wrong in it. */
    static final class Tab implements AutoCloseable {
        final BrowserContext window;
        final Page page;

        /** What the browser complains about: errors of scripts, refused contents. */
        final List<String> complaints = new CopyOnWriteArrayList<>();

        private Tab(BrowserContext window) {
            this.window = window;
            window.setDefaultTimeout(TIMEOUT_MS);
            page = window.newPage();
            page.onPageError(complaints::add);
            page.onConsoleMessage(message -> {
                boolean network = message.text().startsWith("Failed to load resource");
                if (message.type().equals("error") && !network) {
                    complaints.add(message.text());
                }
            });
        }

        /** Serious and critical findings of axe in what is shown now, in words. */
        List<String> accessibilityFindings() {
            page.evaluate(Axe.SCRIPT);
            String answer = (String) page.evaluate("async () => JSON.stringify((await axe.run()).violations)");
            return new JsonArray(answer)
                    .stream()
                            .map(JsonObject.class::cast)
                            .filter(found -> List.of("serious", "critical").contains(found.getString("impact")))
                            .flatMap(found -> found.getJsonArray("nodes").stream()
                                    .map(JsonObject.class::cast)
                                    .map(node -> found.getString("id") + ": " + node.getString("html") + " "
                                            + node.getString("failureSummary")))
                            .toList();
        }

        @Override
        public void close() {
            window.close();
        }
    }

    /** The accessibility checker, as Deque publishes it. */
    private static final class Axe {
        static final String SCRIPT = read();

        private static String read() {
            try (InputStream in = Axe.class.getResourceAsStream("/axe.min.js")) {
                return new String(Objects.requireNonNull(in, "axe.min.js").readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}
