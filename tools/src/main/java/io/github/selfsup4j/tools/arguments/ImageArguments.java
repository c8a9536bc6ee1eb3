package io.github.selfsup4j.tools.arguments;

import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.config.MapNode;
import io.github.selfsup4j.experiment.EvaluationData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Which images a command looks at. */
public final class ImageArguments {
    @Option(
            names = "--data",
            paramLabel = "KEY",
            description =
                    "Dataset of the config: train, val, test, extract, or another key such as evaluation.evaluator.bank;"
                            + " default the first there is of data.extract, data.test, data.val, the evaluator's queries and data.train.")
    String data;

    @Option(
            names = "--images",
            arity = "1..*",
            paramLabel = "FILE",
            description =
                    "Picture files or folders in place of the config's images; one folder of folders is a class each.")
    List<Path> images = List.of();

    /** The dataset's config. */
    public MapNode choose(EvaluationData from) throws IOException {
        if (data != null && !images.isEmpty()) {
            throw ConfigException.of("--data and --images exclude each other: give one of them");
        }
        return !images.isEmpty() ? from.of(images) : data != null ? from.named(data) : from.usual();
    }
}
