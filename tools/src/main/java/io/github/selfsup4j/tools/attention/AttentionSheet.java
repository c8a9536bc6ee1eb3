package io.github.selfsup4j.tools.attention;

import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.data.Size;
import io.github.selfsup4j.tools.pictures.ContactSheet;
import io.github.selfsup4j.tools.pictures.Pictures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A page of what a layer looks at: for each image a row with the image, the mean over the heads, and the heads. */
public final class AttentionSheet {
    private static final int SIDE = 168;

    private final Size grid;
    private final List<Integer> heads;
    private final ContactSheet sheet = new ContactSheet(SIDE);

    /**
     * An empty page.
     *
     * @param grid of the patches
     * @param heads which ones to show beside the mean
     */
    public AttentionSheet(Size grid, List<Integer> heads) {
        this.grid = grid;
        this.heads = heads;
    }

    /**
     * Adds an image.
     *
     * @param image as the model sees it
     * @param maps {@code [heads][patches]}
     */
    public void add(Image8 image, String name, float[][] maps) {
        BufferedImage picture = Pictures.fitting(image, SIDE);
        List<ContactSheet.Cell> row = new ArrayList<>();
        row.add(new ContactSheet.Cell(Pictures.inSquare(picture, SIDE), List.of(name), Optional.empty()));
        row.add(cell(picture, mean(maps), "mean of " + maps.length + " heads"));
        heads.forEach(head -> row.add(cell(picture, maps[head], "head " + head)));
        sheet.add(row);
    }

    private ContactSheet.Cell cell(BufferedImage picture, float[] map, String caption) {
        return new ContactSheet.Cell(
                Pictures.inSquare(HeatMap.over(picture, map, grid.height(), grid.width()), SIDE),
                List.of(caption),
                Optional.empty());
    }

    private static float[] mean(float[][] maps) {
        float[] mean = new float[maps[0].length];
        IntStream.range(0, mean.length).forEach(i -> {
            for (float[] map : maps) {
                mean[i] += map[i] / maps.length;
            }
        });
        return mean;
    }

    /**
     * Writes the page.
     *
     * @param file a PNG
     */
    public void write(Path file) throws IOException {
        sheet.write(file);
    }
}
