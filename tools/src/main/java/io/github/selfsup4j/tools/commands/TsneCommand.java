package io.github.selfsup4j.tools.commands;

import ai.djl.ndarray.NDManager;
import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.features.FeatureTable;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Precision;
import io.github.selfsup4j.tools.arguments.ArgumentChecks;
import io.github.selfsup4j.tools.arguments.PositiveNumber;
import io.github.selfsup4j.tools.arguments.ShownArguments;
import io.github.selfsup4j.tools.tsne.Tsne;
import io.github.selfsup4j.tools.tsne.TsneChart;
import io.github.selfsup4j.tools.tsne.TsnePage;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tsne}: a map of images by their features. */
@Command(
        name = "tsne",
        description = "Draws images on a map so that those with like features are near each other.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class TsneCommand implements Callable<Integer> {
    @Mixin
    ShownArguments shown;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "NAME",
            description = "Writes NAME.png, coloured by label, and NAME.html with the images under the pointer.")
    Path out;

    @Option(
            names = "--perplexity",
            paramLabel = "X",
            defaultValue = "30",
            description = "About how many neighbours an image has (default ${DEFAULT-VALUE}).")
    double perplexity;

    @Option(
            names = "--early-exaggeration",
            paramLabel = "X",
            defaultValue = "12",
            description = "How close together groups are at first (default ${DEFAULT-VALUE}).")
    double earlyExaggeration;

    @Option(
            names = "--learning-rate",
            paramLabel = "X",
            defaultValue = "200",
            description = "Step of the search (default ${DEFAULT-VALUE}).")
    double learningRate;

    @Option(
            names = "--n-iter",
            paramLabel = "N",
            defaultValue = "1000",
            converter = PositiveNumber.class,
            description = "Iterations at most (default ${DEFAULT-VALUE}).")
    int iterations;

    @Option(
            names = "--n-iter-without-progress",
            paramLabel = "N",
            defaultValue = "300",
            converter = PositiveNumber.class,
            description = "Iterations without progress after which to stop (default ${DEFAULT-VALUE}).")
    int patience;

    @Option(
            names = "--theta",
            paramLabel = "X",
            defaultValue = "0.5",
            description = "Coarseness of Barnes and Hut's approximation; 0 is exact (default ${DEFAULT-VALUE}).")
    double theta;

    @Option(
            names = "--max-num-class",
            paramLabel = "N",
            defaultValue = "20",
            converter = PositiveNumber.class,
            description = "Only the first classes are shown (default ${DEFAULT-VALUE}).")
    int classes;

    @Option(
            names = "--max-images",
            paramLabel = "N",
            defaultValue = "5000",
            converter = PositiveNumber.class,
            description = "Of more images only every so many are shown (default ${DEFAULT-VALUE}).")
    int most;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (perplexity < 1 || theta < 0 || learningRate <= 0 || earlyExaggeration < 1) {
            throw ConfigException.of(
                    "expected --perplexity and --early-exaggeration of 1 or more, a positive --learning-rate and --theta of 0 or more");
        }
        ArgumentChecks.picture(file(".png"));
        ShownArguments.Shown all = shown.read();
        ShownArguments.Shown some = all.select(chosen(all.table()));
        if (some.table().size() < 4) {
            throw ConfigException.of("there are " + some.table().size() + " images to show; t-SNE needs four at least");
        }
        Tsne.Embedding map = embed(some.table());
        String title =
                String.format(Locale.ROOT, "t-SNE of %d images", some.table().size());
        TsneChart.write(map, some.table(), title, file(".png"));
        TsnePage.write(map, some.table(), some.pictures(), title, file(".html"));
        spec.commandLine()
                .getOut()
                .println(String.format(
                        Locale.ROOT,
                        "%s and .html: %d of %d images, divergence %.4f after %d iterations%s",
                        file(".png"),
                        some.table().size(),
                        all.table().size(),
                        map.divergence(),
                        map.iterations(),
                        some.pictures().isPresent()
                                ? ""
                                : "; without thumbnails, as the pictures are not where the features' paths say"));
        return 0;
    }

    private Tsne.Embedding embed(FeatureTable table) {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Tsne tsne = new Tsne(
                    new Kernels(manager, Precision.FP32),
                    new Tsne.Settings(
                            perplexity,
                            earlyExaggeration,
                            learningRate,
                            iterations,
                            patience,
                            theta,
                            shown.frozen.seed));
            if (tsne.perplexity(table.size()) < perplexity) {
                spec.commandLine()
                        .getErr()
                        .println(String.format(
                                Locale.ROOT,
                                "perplexity is %.1f: a third of the %d images",
                                tsne.perplexity(table.size()),
                                table.size()));
            }
            return tsne.embed(table.toFeatures(manager).rows());
        }
    }

    private int[] chosen(FeatureTable table) {
        int[] rows = IntStream.range(0, table.size())
                .filter(row -> table.labels()[row] < classes)
                .toArray();
        int shownRows = Math.min(most, rows.length);
        return IntStream.range(0, shownRows)
                .map(i -> rows[(int) ((long) i * rows.length / shownRows)])
                .toArray();
    }

    /** NAME may be given with either ending. */
    private Path file(String ending) {
        return out.resolveSibling(out.getFileName().toString().replaceFirst("\\.(png|html)$", "") + ending);
    }
}
