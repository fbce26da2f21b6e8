package io.pouchtwin.cell.report;

import java.util.List;

/**
 * Curves over a common axis.
 *
 * @param file name of its picture, without ending
 * @param title one line
 * @param xTitle axis title with unit
 * @param yTitle axis title with unit
 * @param curves what is drawn
 */
public record LineChart(String file, String title, String xTitle, String yTitle, List<Curve> curves) {
    /** Keeps an unmodifiable copy. */
    public LineChart {
        curves = List.copyOf(curves);
    }

    /**
     * One curve.
     *
     * @param name for the legend
     * @param x as many as y
     * @param y as many as x
     * @param dots true to draw points without a line
     */
    @SuppressWarnings("ArrayRecordComponent") // drawn once, never compared
    public record Curve(String name, double[] x, double[] y, boolean dots) {
        /** Refuses curves whose ends do not match. */
        public Curve {
            if (x.length != y.length) {
                throw new IllegalArgumentException(name + ": " + x.length + " x for " + y.length + " y");
            }
        }
    }
}
