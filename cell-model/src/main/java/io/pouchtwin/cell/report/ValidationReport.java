package io.pouchtwin.cell.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a validation found.
 *
 * @param title heading of its page
 * @param introduction what was compared with what, and the command that does it
 * @param figures the promised numbers
 * @param sections how they came about
 */
public record ValidationReport(String title, String introduction, List<Figure> figures, List<Section> sections) {
    /** Keeps unmodifiable copies. */
    public ValidationReport {
        figures = List.copyOf(figures);
        sections = List.copyOf(sections);
    }

    /** True if every promise is kept. */
    public boolean pass() {
        return figures.stream().allMatch(Figure::pass);
    }

    /** For a terminal. */
    public String text() {
        return Table.of(figures).text();
    }

    /** One flat object of key to number; null where a figure could not be measured. */
    public String json() {
        return figures.stream()
                .map(f ->
                        "  \"" + f.key() + "\": " + (Double.isFinite(f.value()) ? Double.toString(f.value()) : "null"))
                .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
    }

    /**
     * The page.
     *
     * @param pictures folder of the pictures, relative to the page
     */
    public String markdown(String pictures) {
        StringBuilder page = new StringBuilder();
        page.append("# ")
                .append(title)
                .append("\n\n")
                .append(introduction.strip())
                .append("\n\n");
        page.append(String.format(
                Locale.ROOT,
                "%d of %d figures keep to their bounds.\n\n",
                figures.stream().filter(Figure::pass).count(),
                figures.size()));
        page.append(Table.of(figures).markdown());
        for (Section section : sections) {
            page.append("\n## ").append(section.title()).append("\n\n");
            if (!section.text().isBlank()) {
                page.append(section.text().strip()).append("\n");
            }
            section.tables().forEach(t -> page.append("\n").append(t.markdown()));
            section.charts()
                    .forEach(c -> page.append("\n![")
                            .append(c.title())
                            .append("](")
                            .append(pictures)
                            .append('/')
                            .append(c.file())
                            .append(".png)\n"));
        }
        return page.toString();
    }
}
