package io.pouchtwin.cell.report;

import java.util.List;

/**
 * What one part of a validation contributes.
 *
 * @param figures promised numbers, may be empty
 * @param section how they came about
 */
public record Finding(List<Figure> figures, Section section) {
    /** Keeps an unmodifiable copy. */
    public Finding {
        figures = List.copyOf(figures);
    }
}
