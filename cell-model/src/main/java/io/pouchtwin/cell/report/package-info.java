/**
 * Figures with bounds, and the ways to show them: a table for a terminal, one flat JSON object, a page in Markdown with charts.
 *
 * <p>A validation computes {@link io.pouchtwin.cell.report.Figure}s and {@link io.pouchtwin.cell.report.Section}s at the moment it runs
 * and returns them in a {@link io.pouchtwin.cell.report.ValidationReport}; nothing here knows what is validated.
 */
@NullMarked
package io.pouchtwin.cell.report;

import org.jspecify.annotations.NullMarked;
