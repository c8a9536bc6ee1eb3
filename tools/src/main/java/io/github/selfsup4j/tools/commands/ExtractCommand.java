package io.github.selfsup4j.tools.commands;

import io.github.selfsup4j.config.MapNode;
import io.github.selfsup4j.data.Dataset;
import io.github.selfsup4j.features.FeatureTable;
import io.github.selfsup4j.tools.arguments.ArgumentChecks;
import io.github.selfsup4j.tools.arguments.FrozenArguments;
import io.github.selfsup4j.tools.arguments.ImageArguments;
import io.github.selfsup4j.tools.features.FeatureFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code extract}: features of images as a file. */
@Command(
        name = "extract",
        description = "Writes the features that a model gives for images to a file.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class ExtractCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "CONFIG", description = "The config file.")
    Path config;

    @Parameters(
            index = "1",
            paramLabel = "CHECKPOINT",
            description = "The model's weights, or '" + FrozenArguments.RANDOM + "' for untrained ones.")
    Path checkpoint;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "The file to write: .npz, .safetensors or .parquet, with features, labels and paths.")
    Path out;

    @Mixin
    ImageArguments images;

    @Mixin
    FrozenArguments frozen;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        FeatureFile.requireKnownEnding(out);
        ArgumentChecks.writable(out);
        try (FrozenArguments.Opened opened = frozen.open(config, checkpoint)) {
            MapNode node = images.choose(opened.data());
            Dataset dataset = opened.model().dataset(node);
            FeatureFile.requireRoom(out, dataset.size(), opened.model().dim(dataset, opened.extractor()));
            FeatureTable table = opened.model().extract(dataset, opened.extractor());
            FeatureFile.write(out, table);
            spec.commandLine()
                    .getOut()
                    .println(out + ": features of " + table.size() + " images, " + table.dim() + " values each");
        }
        return 0;
    }
}
