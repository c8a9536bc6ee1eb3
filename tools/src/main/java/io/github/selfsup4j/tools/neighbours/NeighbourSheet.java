package io.github.selfsup4j.tools.neighbours;

import io.github.selfsup4j.features.FeatureTable;
import io.github.selfsup4j.features.NearestNeighbours;
import io.github.selfsup4j.tools.pictures.ContactSheet;
import io.github.selfsup4j.tools.pictures.Pictures;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Queries and the images whose features are nearest, a row for each. Where labels are known, a neighbour of the query's
 * class has a green frame, another one a red frame.
 */
public final class NeighbourSheet {
    private static final int SIDE = 112;
    private static final Color RIGHT = new Color(0x2e9e4f);
    private static final Color WRONG = new Color(0xd9453d);
    private static final Color QUERY = new Color(0x333333);

    private NeighbourSheet() {}

    /**
     * Images with their pictures.
     *
     * @param table their features
     * @param pictures the pictures of its rows
     */
    public record Images(FeatureTable table, Pictures pictures) {}

    /**
     * Draws the page.
     *
     * @param found the rows of the bank that are nearest to each query, with their cosines
     * @param file a PNG
     */
    public static void write(Images queries, Images bank, NearestNeighbours.Found found, Path file) throws IOException {
        ContactSheet sheet = new ContactSheet(SIDE);
        for (int query = 0; query < queries.table.size(); query++) {
            long label = queries.table.labels()[query];
            List<ContactSheet.Cell> row = new ArrayList<>();
            row.add(new ContactSheet.Cell(
                    queries.pictures.thumbnail(query, SIDE),
                    List.of("query", name(queries.table, query)),
                    Optional.of(QUERY)));
            for (int i = 0; i < found.rows()[query].length; i++) {
                int neighbour = found.rows()[query][i];
                long other = bank.table.labels()[neighbour];
                String cosine = String.format(Locale.ROOT, "%.3f", found.values()[query][i]);
                row.add(new ContactSheet.Cell(
                        bank.pictures.thumbnail(neighbour, SIDE),
                        List.of(cosine, name(bank.table, neighbour)),
                        label < 0 || other < 0 ? Optional.empty() : Optional.of(label == other ? RIGHT : WRONG)));
            }
            sheet.add(row);
        }
        sheet.write(file);
    }

    private static String name(FeatureTable table, int row) {
        return table.labels()[row] < 0 ? table.paths().get(row) : table.className(table.labels()[row]);
    }
}
