package io.github.selfsup4j.tools.commands;

import ai.djl.ndarray.NDManager;
import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.data.Dataset;
import io.github.selfsup4j.features.FeatureTable;
import io.github.selfsup4j.features.NearestNeighbours;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Precision;
import io.github.selfsup4j.tools.arguments.ArgumentChecks;
import io.github.selfsup4j.tools.arguments.FrozenArguments;
import io.github.selfsup4j.tools.arguments.PositiveNumber;
import io.github.selfsup4j.tools.arguments.ShownArguments;
import io.github.selfsup4j.tools.features.FeatureFile;
import io.github.selfsup4j.tools.features.PictureFiles;
import io.github.selfsup4j.tools.neighbours.NeighbourSheet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code neighbors}: the images whose features are nearest to those of others. */
@Command(
        name = "neighbors",
        description = "Shows the images whose features are nearest to those of query images.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class NeighborsCommand implements Callable<Integer> {
    @Mixin
    ShownArguments shown;

    @Option(
            names = "--query",
            arity = "1..*",
            paramLabel = "FILE",
            description = "Query pictures or folders of them; or, with a file of features, another one.")
    List<Path> queries = List.of();

    @Option(
            names = "--rows",
            split = ",",
            paramLabel = "N",
            description = "Queries by their numbers among the images themselves, from 0.")
    int[] rows;

    @Option(
            names = "--num-queries",
            paramLabel = "N",
            defaultValue = "8",
            converter = PositiveNumber.class,
            description =
                    "Without --query and --rows: so many of the images, evenly spaced (default ${DEFAULT-VALUE}).")
    int count;

    @Option(
            names = "--k",
            paramLabel = "K",
            defaultValue = "8",
            converter = PositiveNumber.class,
            description = "Number of neighbours (default ${DEFAULT-VALUE}).")
    int k;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "PNG",
            description = "The page to write: a row for every query.")
    Path out;

    @Spec
    CommandSpec spec;

    /** Queries and what is near them. */
    private record Answer(ShownArguments.Shown queries, ShownArguments.Shown bank, NearestNeighbours.Found found) {}

    @Override
    public Integer call() throws Exception {
        shown.check();
        ArgumentChecks.picture(out);
        Answer answer = queries.isEmpty() ? amongThemselves() : ofOthers();
        NeighbourSheet.write(images(answer.queries), images(answer.bank), answer.found, out);
        tell(answer);
        return 0;
    }

    private void tell(Answer answer) {
        long[] labels = answer.queries.table().labels();
        long[] others = answer.bank.table().labels();
        long known = 0;
        long same = 0;
        for (int query = 0; query < labels.length; query++) {
            for (int neighbour : answer.found.rows()[query]) {
                known += labels[query] >= 0 && others[neighbour] >= 0 ? 1 : 0;
                same += labels[query] >= 0 && others[neighbour] == labels[query] ? 1 : 0;
            }
        }
        spec.commandLine()
                .getOut()
                .println(out + ": " + answer.found.rows()[0].length + " neighbours of " + labels.length
                        + " images among " + others.length
                        + (known == 0 ? "" : "; " + same + " of " + known + " are of the query's class"));
    }

    private NeighbourSheet.Images images(ShownArguments.Shown images) {
        return new NeighbourSheet.Images(
                images.table(),
                images.pictures()
                        .orElseThrow(
                                () -> ConfigException.of(
                                        "the pictures are not where the features' paths say; give CONFIG and CHECKPOINT in place of the file of features")));
    }

    private Answer amongThemselves() throws IOException {
        ShownArguments.Shown bank = shown.read();
        int size = bank.table().size();
        int[] chosen = rows != null
                ? rows
                : IntStream.range(0, Math.min(count, size))
                        .map(i -> (int) ((long) i * size / Math.min(count, size)))
                        .toArray();
        Arrays.stream(chosen).filter(row -> row < 0 || row >= size).findFirst().ifPresent(row -> {
            throw ConfigException.of("--rows has " + row + ", but the images are numbered 0 to " + (size - 1));
        });
        ShownArguments.Shown queried = bank.select(chosen);
        int wanted = require(Math.min(k, size - 1));
        NearestNeighbours.Found withThemselves = find(bank.table(), queried.table(), wanted + 1);
        return new Answer(queried, bank, NearestNeighbours.without(withThemselves, chosen));
    }

    private Answer ofOthers() throws IOException {
        if (shown.fromFile()) {
            ShownArguments.Shown bank = shown.read();
            FeatureTable table = FeatureFile.read(ArgumentChecks.existing(queries.get(0)));
            return answer(new ShownArguments.Shown(table, PictureFiles.of(table.paths())), bank);
        }
        try (FrozenArguments.Opened opened = shown.open()) {
            Dataset asked = opened.model().dataset(opened.data().of(queries));
            return answer(
                    new ShownArguments.Shown(
                            opened.model().extract(asked, opened.extractor()), Optional.of(asked.source()::image)),
                    shown.extract(opened));
        }
    }

    private Answer answer(ShownArguments.Shown queried, ShownArguments.Shown bank) {
        return new Answer(
                queried,
                bank,
                find(
                        bank.table(),
                        queried.table(),
                        require(Math.min(k, bank.table().size()))));
    }

    private static int require(int neighbours) {
        if (neighbours < 1) {
            throw ConfigException.of("there is only one image, which has no neighbours");
        }
        return neighbours;
    }

    private static NearestNeighbours.Found find(FeatureTable bank, FeatureTable queries, int k) {
        if (bank.dim() != queries.dim()) {
            throw ConfigException.of(
                    "features of the images have " + bank.dim() + " values, those of the queries " + queries.dim());
        }
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            return new NearestNeighbours(new Kernels(manager, Precision.FP32), NearestNeighbours.Metric.COSINE)
                    .find(
                            bank.toFeatures(manager).rows(),
                            queries.toFeatures(manager).rows(),
                            k);
        }
    }
}
