package io.github.selfsup4j.tools.tsne;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.selfsup4j.features.FeatureTable;
import io.github.selfsup4j.io.disk.AtomicFile;
import io.github.selfsup4j.tools.pictures.HtmlTemplate;
import io.github.selfsup4j.tools.pictures.Palette;
import io.github.selfsup4j.tools.pictures.Pictures;
import io.github.selfsup4j.tools.pictures.Sprite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The map of a t-SNE as a page that needs nothing else: a dot for every image, which shows the image and its name under
 * the pointer; the wheel zooms, a click on a class hides it.
 */
public final class TsnePage {
    private static final int THUMBNAIL = 64;
    private static final ObjectMapper JSON = new ObjectMapper();

    private TsnePage() {}

    /**
     * Writes the page.
     *
     * @param pictures those of the table's rows; empty to show names only
     */
    public static void write(
            Tsne.Embedding map, FeatureTable table, Optional<Pictures> pictures, String title, Path file)
            throws IOException {
        AtomicFile.write(
                file,
                new HtmlTemplate(TsnePage.class, "tsne.html")
                        .text("title", title)
                        .data("map", data(map, table, pictures))
                        .html());
    }

    /** What the page's script draws, for pages that have a map among other things. */
    public static ObjectNode data(Tsne.Embedding map, FeatureTable table, Optional<Pictures> pictures)
            throws IOException {
        ObjectNode data = JSON.createObjectNode();
        ArrayNode points = data.putArray("points");
        for (int row = 0; row < table.size(); row++) {
            points.addArray()
                    .add(rounded(map.x(row)))
                    .add(rounded(map.y(row)))
                    .add(table.labels()[row])
                    .add(table.paths().get(row));
        }
        ObjectNode classes = data.putObject("classes");
        Arrays.stream(table.labels()).distinct().sorted().forEach(label -> classes.putObject(String.valueOf(label))
                .put("name", table.className(label))
                .put("color", Palette.hex(label)));
        if (pictures.isPresent()) {
            Sprite sprite = Sprite.of(pictures.get(), table.size(), THUMBNAIL);
            data.putObject("sprite")
                    .put("image", sprite.dataUri())
                    .put("side", sprite.side())
                    .put("columns", sprite.columns());
        }
        return data;
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
