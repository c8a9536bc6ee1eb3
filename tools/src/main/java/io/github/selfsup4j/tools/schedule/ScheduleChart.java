package io.github.selfsup4j.tools.schedule;

import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The plot of a {@link ScheduleTable}: a line for every group's learning rate, over epochs. */
public final class ScheduleChart {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 500;

    private ScheduleChart() {}

    /** Draws it. @param file a PNG */
    public static void write(ScheduleTable table, String title, Path file) throws IOException {
        XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).title(title).xAxisTitle("epoch").yAxisTitle("learning rate").build();
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line).setLegendVisible(table.groups().size() > 1);
        chart.getStyler().setYAxisDecimalPattern("0.0E0");
        double[] epochs = IntStream.range(0, table.lr().size()).mapToDouble(i -> (double) i / table.iterationsPerEpoch()).toArray();
        for (int group = 0; group < table.groups().size(); group++) {
            chart.addSeries(table.groups().get(group), epochs, column(table.lr(), group)).setMarker(SeriesMarkers.NONE);
        }
        BitmapEncoder.saveBitmap(chart, file.toString(), BitmapEncoder.BitmapFormat.PNG);
    }

    private static double[] column(List<List<Double>> rows, int column) {
        return rows.stream().flatMapToDouble(row -> DoubleStream.of(row.get(column))).toArray();
    }
}
