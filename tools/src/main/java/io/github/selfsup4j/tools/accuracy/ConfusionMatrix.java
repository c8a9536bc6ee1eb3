package io.github.selfsup4j.tools.accuracy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;

/** How many images of each class were taken for each class. */
public final class ConfusionMatrix {
    private static final int MARGIN = 220;
    private static final int LEAST_SIZE = 600;
    private static final int CELL = 10;
    private static final int MOST_CELLS_WITH_NUMBERS = 20;

    private final long[][] counts;

    /** @param classes number of classes */
    public ConfusionMatrix(int classes) {
        counts = new long[classes][classes];
    }

    /** Counts an image. */
    public void add(int label, int predicted) {
        counts[label][predicted]++;
    }

    /** The images of a class that were taken for another, or for the same. */
    public long count(int label, int predicted) {
        return counts[label][predicted];
    }

    /** Writes a row for every class: its number, then how many of its images were taken for class 0, 1, ... */
    public void writeCsv(Path file) throws IOException {
        List<String> classes =
                IntStream.range(0, counts.length).mapToObj(Integer::toString).toList();
        List<String> rows = IntStream.range(0, counts.length)
                .mapToObj(label -> label + ","
                        + Arrays.stream(counts[label]).mapToObj(Long::toString).collect(Collectors.joining(",")))
                .toList();
        Files.writeString(file, "label," + String.join(",", classes) + "\n" + String.join("\n", rows) + "\n");
    }

    /**
     * Draws it, rows in per cent of their class; no display is needed.
     *
     * @param file a PNG
     */
    public void writePicture(Path file) throws IOException {
        int size = Math.max(LEAST_SIZE, CELL * counts.length) + MARGIN;
        HeatMapChart chart = new HeatMapChartBuilder()
                .width(size)
                .height(size)
                .title("per cent of a class")
                .xAxisTitle("predicted")
                .yAxisTitle("label")
                .build();
        chart.getStyler()
                .setShowValue(counts.length <= MOST_CELLS_WITH_NUMBERS)
                .setMin(0)
                .setMax(100);
        chart.getStyler().setPlotContentSize(1);
        int[] classes = IntStream.range(0, counts.length).toArray();
        chart.addSeries(
                "per cent",
                classes,
                classes,
                IntStream.range(0, counts.length).mapToObj(this::perCent).toArray(int[][]::new));
        BitmapEncoder.saveBitmap(chart, file.toString(), BitmapEncoder.BitmapFormat.PNG);
    }

    /** The chart wants a column for every predicted class. */
    private int[] perCent(int predicted) {
        return IntStream.range(0, counts.length)
                .map(label -> (int) Math.round(100.0
                        * counts[label][predicted]
                        / Math.max(1, Arrays.stream(counts[label]).sum())))
                .toArray();
    }
}
