package io.github.selfsup4j.tools.pretrain;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.data.Dataset;
import io.github.selfsup4j.experiment.Experiment;
import io.github.selfsup4j.features.FeatureTable;
import io.github.selfsup4j.features.NearestNeighbours;
import io.github.selfsup4j.runner.RunSettings;
import io.github.selfsup4j.tools.features.FrozenModel;
import io.github.selfsup4j.tools.neighbours.NeighbourSheet;
import io.github.selfsup4j.tools.reconstruct.Reconstruction;
import io.github.selfsup4j.tools.tsne.Tsne;
import io.github.selfsup4j.tools.tsne.TsnePage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The sections of the report that are pictures.
 *
 * @param plan of the run
 * @param report gets the sections
 * @param folder for files until they are part of the report
 */
record ReportPictures(Plan plan, Report report, Path folder) {
    private static final int MOST_ON_THE_MAP = 1500;
    private static final int FEWEST_ON_THE_MAP = 5;
    private static final int SHOWN = 6;
    private static final int NEIGHBOURS = 7;
    private static final String MAE =
            "Three quarters of the patches are hidden; the network fills them in from the others."
                    + " Each patch keeps its own mean and contrast.";
    private static final String CAE =
            "The network tells which token each hidden patch has. A token is shown as the mean of the patches it stands for.";

    /** What the network makes of hidden patches; nothing for a method that hides none. */
    void reconstruct(Path out, RunSettings settings, Path checkpoint) throws IOException {
        if (plan.asked().method() == Method.BYOL) {
            return;
        }
        List<String> lines = Files.readAllLines(out.resolve(Recipe.ALL));
        List<String> shown = IntStream.of(spread(lines.size(), SHOWN))
                .mapToObj(lines::get)
                .map(line -> Path.of(plan.asked().folder(), line.substring(0, line.lastIndexOf(' ')))
                        .toString())
                .toList();
        String source = "data.train.data_source={type: ImagePaths, paths: "
                + new ObjectMapper().writeValueAsString(shown).replace("${", "$${") + ", _delete_: true}";
        Problems problems = new Problems();
        Experiment showing = Experiment.read(out.resolve(Pretraining.CONFIG), List.of(source), List.of(), problems);
        problems.throwIfAny();
        Path png = folder.resolve("reconstructions.png");
        new Reconstruction(showing, settings).write(checkpoint, png);
        report.picture(
                "reconstructions",
                "What the network makes of hidden patches",
                plan.asked().method() == Method.MAE ? MAE : CAE,
                png);
    }

    /** The embeddings in the plane. */
    void map(FrozenModel model, FeatureTable table, Dataset dataset) throws IOException {
        if (table.size() < FEWEST_ON_THE_MAP) {
            return;
        }
        int[] rows = spread(table.size(), MOST_ON_THE_MAP);
        Path page = folder.resolve("map.html");
        try (NDManager scope = model.manager().newSubManager()) {
            FeatureTable shown = table.select(rows);
            Tsne.Embedding map = new Tsne(model.kernels(), Tsne.Settings.DEFAULTS)
                    .embed(shown.toFeatures(scope).rows());
            TsnePage.write(map, shown, Optional.of(row -> dataset.source().image(rows[row])), "t-SNE", page);
        }
        report.page(
                "map",
                "A map of the pictures",
                "t-SNE of the embeddings of " + rows.length
                        + " pictures: what the backbone takes for alike lies together.",
                page);
    }

    /** Pictures beside those with the nearest embeddings. */
    void neighbours(FrozenModel model, FeatureTable table, Dataset dataset) throws IOException {
        int[] queries = spread(table.size(), SHOWN);
        int count = Math.min(NEIGHBOURS, table.size() - 1);
        Path png = folder.resolve("neighbours.png");
        try (NDManager scope = model.manager().newSubManager()) {
            NearestNeighbours.Found found = new NearestNeighbours(model.kernels(), NearestNeighbours.Metric.COSINE)
                    .find(
                            table.toFeatures(scope).rows(),
                            table.select(queries).toFeatures(scope).rows(),
                            count + 1);
            NeighbourSheet.write(
                    new NeighbourSheet.Images(
                            table.select(queries), row -> dataset.source().image(queries[row])),
                    new NeighbourSheet.Images(table, row -> dataset.source().image(row)),
                    withoutThemselves(found, queries, count),
                    png);
        }
        report.picture(
                "neighbours",
                "Nearest pictures",
                "On the left a picture, beside it those whose embeddings are nearest, with the cosine"
                        + (plan.classes().isEmpty() ? "." : "; green frames are of the same class."),
                png);
    }

    private static NearestNeighbours.Found withoutThemselves(NearestNeighbours.Found found, int[] queries, int count) {
        int[][] rows = new int[queries.length][];
        float[][] values = new float[queries.length][count];
        for (int query = 0; query < queries.length; query++) {
            int self = queries[query];
            int[] near = found.rows()[query];
            int[] others = IntStream.range(0, near.length)
                    .filter(i -> near[i] != self)
                    .limit(count)
                    .toArray();
            rows[query] = IntStream.of(others).map(i -> near[i]).toArray();
            for (int i = 0; i < others.length; i++) {
                values[query][i] = found.values()[query][others[i]];
            }
        }
        return new NearestNeighbours.Found(rows, values);
    }

    /** At most so many numbers below a size, at even distances. */
    private static int[] spread(int size, int most) {
        int count = Math.min(size, most);
        return IntStream.range(0, count)
                .map(i -> (int) ((long) i * size / count))
                .toArray();
    }

    /** Removes the files that are part of the report now. */
    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
