package io.pouchtwin.api;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page on which the API's description is read and tried. */
class ApiPageTest {
    @RegisterExtension
    static final PageFixture LAB = new PageFixture(3);

    @Test
    void everyAddressIsThereAndCanBeTried() {
        try (Chromium.Tab tab = LAB.open("/api")) {
            int operations = LAB.api().json("/openapi.json").getJsonObject("paths").stream()
                    .mapToInt(path -> (int) ((io.vertx.core.json.JsonObject) path.getValue())
                            .fieldNames().stream()
                                    .filter(name -> name.matches("get|post|put|delete"))
                                    .count())
                    .sum();
            assertThat(tab.page.locator(".opblock")).hasCount(operations);
            Locator cells = tab.page.locator("#operations-cells-listCells");
            cells.locator(".opblock-summary-control").click();
            cells.getByText("Try it out").click();
            cells.getByText("Execute").click();
            assertThat(cells.locator(".live-responses-table .response-col_status")
                            .last())
                    .containsText("200");
            assertThat(cells.locator(".live-responses-table")).containsText("P001");
            assertThat(tab.complaints).isEmpty();
        }
    }
}
