package io.pouchtwin.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PageTest {
    private static final Pattern REFERENCE =
            Pattern.compile("(?:href|src)=\"([^\"]+)\"|import[^'\"]*['\"]([^'\"]+)['\"]");
    private static final Pattern ELSEWHERE =
            Pattern.compile("(?:https?:)?//[a-z0-9.-]+\\.[a-z]{2,}", Pattern.CASE_INSENSITIVE);

    private static ApiFixture api;

    @BeforeAll
    static void start() {
        api = new ApiFixture();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void thePageAndEverythingItNeedsIsServedFromHere() {
        Set<String> files = reachable();
        assertThat(files)
                .contains(
                        "/page/app.js",
                        "/page/cell.js",
                        "/page/chart.js",
                        "/page/style.css",
                        "/page/uplot/uPlot.esm.js");
        for (String file : files) {
            if (!file.startsWith("/api/")) {
                assertThat(api.get(file).statusCode()).as(file).isEqualTo(200);
            }
        }
    }

    @Test
    void nothingIsFetchedFromElsewhere() {
        for (String file : reachable()) {
            // the library's own comments name its home; it fetches nothing
            if (!file.startsWith("/page/uplot/") && !file.startsWith("/api/")) {
                String text = api.get(file).body().replace("http://www.w3.org/2000/svg", "");
                assertThat(ELSEWHERE.matcher(text).results().map(m -> m.group()).toList())
                        .as(file)
                        .isEmpty();
            }
        }
        assertThat(api.get("/page/uplot/uPlot.esm.js").body())
                .doesNotContain("fetch(", "XMLHttpRequest", "import(", "eval(", "new Function");
    }

    @Test
    void thePageHasNoInlineScriptOrStyle() {
        String html = api.get("/").body();
        assertThat(html).doesNotContainPattern("<script(?![^>]*src=)").doesNotContain("<style", " style=", "onclick=");
    }

    @Test
    void scriptsAreServedAsScriptsAndKeptUntilTheyChange() {
        HttpResponse<String> script = api.get("/page/app.js");
        assertThat(script.headers().firstValue("Content-Type")).hasValue("text/javascript; charset=utf-8");
        String tag = script.headers().firstValue("ETag").orElseThrow();
        assertThat(api.get("/page/app.js", "If-None-Match", tag).statusCode()).isEqualTo(304);
    }

    @Test
    void theChartLibrarysLicenceGoesWithIt() {
        assertThat(api.get("/page/uplot/LICENSE.txt").body()).contains("MIT License", "Leon Sorokin");
    }

    /** Every address that the page refers to, through its scripts. */
    private static Set<String> reachable() {
        Set<String> seen = new LinkedHashSet<>();
        Deque<String> todo = new ArrayDeque<>(Set.of("/"));
        while (!todo.isEmpty()) {
            String path = todo.remove();
            if (!seen.add(path)
                    || path.startsWith("/api/")
                    || path.endsWith(".css")
                    || path.startsWith("/page/uplot/")) {
                continue;
            }
            Matcher matcher = REFERENCE.matcher(api.get(path).body());
            while (matcher.find()) {
                String target = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
                if (!target.startsWith("#") && !target.startsWith("?") && !target.startsWith("$")) {
                    todo.add(api.uri(path).resolve(target).getPath());
                }
            }
        }
        return seen;
    }
}
