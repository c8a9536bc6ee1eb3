package io.github.selfsup4j.tools.schedule;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The plot of a {@link ScheduleTable} over epochs: a line for every group's learning rate, with the axis on the left,
 * and a dashed one for its momentum, with the axis on the right.
 */
public final class ScheduleChart {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 500;
    private static final int MOMENTUM_AXIS = 1;

    private final ScheduleTable table;
    private final XYChart chart;
    private final double[] epochs;

    private ScheduleChart(ScheduleTable table, String title) {
        this.table = table;
        this.chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle("epoch")
                .yAxisTitle("learning rate")
                .build();
        this.epochs = IntStream.range(0, table.lr().size())
                .mapToDouble(i -> (double) i / table.iterationsPerEpoch())
                .toArray();
        chart.getStyler()
                .setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line)
                .setLegendPosition(Styler.LegendPosition.OutsideS);
        chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
        chart.getStyler().setYAxisDecimalPattern("0.0##E0");
    }

    /**
     * Draws it; no display is needed.
     *
     * @param file a PNG
     */
    public static void write(ScheduleTable table, String title, Path file) throws IOException {
        ScheduleChart chart = new ScheduleChart(table, title);
        chart.drawLearningRates();
        chart.drawMomenta();
        BitmapEncoder.saveBitmap(chart.chart, file.toString(), BitmapEncoder.BitmapFormat.PNG);
    }

    private void drawLearningRates() {
        for (int group = 0; group < table.groups().size(); group++) {
            draw("learning rate", table.lr(), group);
        }
    }

    private void drawMomenta() {
        boolean known = table.momentum().stream().flatMap(List::stream).allMatch(Objects::nonNull);
        for (int group = 0; known && group < table.groups().size(); group++) {
            XYSeries series = draw("momentum", table.momentum(), group);
            series.setLineStyle(SeriesLines.DASH_DASH);
            series.setYAxisGroup(MOMENTUM_AXIS);
            chart.setYAxisGroupTitle(MOMENTUM_AXIS, "momentum");
            chart.getStyler().setYAxisGroupPosition(MOMENTUM_AXIS, Styler.YAxisPosition.Right);
            chart.getStyler().putYAxisGroupDecimalPatternMap(MOMENTUM_AXIS, "0.0##");
        }
    }

    private XYSeries draw(String quantity, List<List<Double>> rows, int group) {
        String name = table.groups().size() == 1
                ? quantity
                : quantity + ", " + table.groups().get(group);
        double[] values = rows.stream()
                .flatMapToDouble(row -> DoubleStream.of(row.get(group)))
                .toArray();
        XYSeries series = chart.addSeries(name, epochs, values);
        series.setMarker(SeriesMarkers.NONE);
        return series;
    }
}
