package io.github.selfsup4j.tools.tsne;

import io.github.selfsup4j.features.FeatureTable;
import io.github.selfsup4j.tools.pictures.Palette;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The map of a t-SNE as a picture: a dot for every image, coloured by its label. */
public final class TsneChart {
    private static final int WIDTH = 1100;
    private static final int HEIGHT = 900;
    private static final int DOT = 5;
    private static final Color FAINT = new Color(0xe6e6e6);

    private TsneChart() {}

    /**
     * Draws it; no display is needed.
     *
     * @param file a PNG
     */
    public static void write(Tsne.Embedding map, FeatureTable table, String title, Path file) throws IOException {
        XYChart chart =
                new XYChartBuilder().width(WIDTH).height(HEIGHT).title(title).build();
        chart.getStyler()
                .setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter)
                .setMarkerSize(DOT)
                .setLegendPosition(Styler.LegendPosition.OutsideE)
                .setLegendBorderColor(Color.WHITE)
                .setPlotBorderColor(FAINT)
                .setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setAxisTicksVisible(false).setPlotGridLinesVisible(false);
        for (long label : Arrays.stream(table.labels()).distinct().sorted().toArray()) {
            int[] rows = IntStream.range(0, table.size())
                    .filter(row -> table.labels()[row] == label)
                    .toArray();
            XYSeries series = chart.addSeries(
                    table.className(label),
                    Arrays.stream(rows).mapToDouble(map::x).toArray(),
                    Arrays.stream(rows).mapToDouble(map::y).toArray());
            series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(Palette.of(label));
        }
        BitmapEncoder.saveBitmap(chart, file.toString(), BitmapEncoder.BitmapFormat.PNG);
    }
}
