package io.pouchtwin.cell.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws a {@link LineChart}; curves that belong together (line and dots) share a colour by their place in the list. */
final class ChartPainter {
    private static final int WIDTH_PX = 900;
    private static final int HEIGHT_PX = 480;
    /** Distinguishable also with the common kinds of colour blindness (Okabe and Ito 2008). */
    private static final List<Color> COLOURS = List.of(
            new Color(0x0072B2),
            new Color(0xD55E00),
            new Color(0x009E73),
            new Color(0xCC79A7),
            new Color(0xE69F00),
            new Color(0x56B4E9),
            new Color(0x000000));

    private ChartPainter() {}

    static byte[] png(LineChart chart) throws IOException {
        XYChart drawing = new XYChartBuilder()
                .width(WIDTH_PX)
                .height(HEIGHT_PX)
                .title(chart.title())
                .xAxisTitle(chart.xTitle())
                .yAxisTitle(chart.yTitle())
                .build();
        drawing.getStyler()
                .setLegendPosition(LegendPosition.OutsideE)
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBackgroundColor(Color.WHITE)
                .setChartTitleBoxVisible(false)
                .setLegendBorderColor(Color.WHITE);
        drawing.getStyler().setPlotBorderVisible(false);
        drawing.getStyler().setPlotGridLinesColor(new Color(0xDDDDDD));
        drawing.getStyler().setXAxisDecimalPattern("0.##").setYAxisDecimalPattern("0.##");
        if (chart.curves().stream().allMatch(c -> Arrays.stream(c.x()).allMatch(x -> x >= 0))) {
            drawing.getStyler().setXAxisMin(0.0);
        }
        int line = 0;
        int dots = 0;
        for (LineChart.Curve curve : chart.curves()) {
            XYSeries series = drawing.addSeries(curve.name(), curve.x(), curve.y());
            Color colour = COLOURS.get((curve.dots() ? dots++ : line++) % COLOURS.size());
            series.setMarkerColor(colour);
            if (curve.dots()) {
                series.setMarker(SeriesMarkers.CIRCLE);
                series.setLineStyle(new BasicStroke(0));
                series.setLineColor(new Color(0, 0, 0, 0));
            } else {
                series.setMarker(SeriesMarkers.NONE);
                series.setLineStyle(new BasicStroke(1.8f));
                series.setLineColor(colour);
            }
        }
        drawing.getStyler().setMarkerSize(6);
        return ChartEncoder.getBytes(drawing, "png");
    }
}
