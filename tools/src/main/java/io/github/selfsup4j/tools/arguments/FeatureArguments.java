package io.github.selfsup4j.tools.arguments;

import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.config.MapNode;
import io.github.selfsup4j.data.Dataset;
import io.github.selfsup4j.features.FeatureTable;
import io.github.selfsup4j.tools.features.FeatureFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Features to learn from and features to test on: extracted by a model, or from files. */
public final class FeatureArguments {
    @Parameters(
            arity = "2",
            paramLabel = "INPUT",
            description = "CONFIG and CHECKPOINT (or '" + FrozenArguments.RANDOM + "' for untrained weights);"
                    + " or two files of features, to learn from and to test on, that 'extract' wrote.")
    List<Path> inputs;

    @Option(
            names = "--train",
            paramLabel = "KEY",
            description = "Dataset of the config to learn from, such as train or evaluation.evaluator.bank;"
                    + " default the evaluator's bank, or data.train without its random transforms.")
    String train;

    @Option(
            names = "--test",
            paramLabel = "KEY",
            description = "Dataset of the config to test on; default the evaluator's queries, data.test or data.val.")
    String test;

    @Mixin
    public FrozenArguments frozen;

    /** Features to learn from, and others to test on. */
    public record Split(FeatureTable train, FeatureTable test) {}

    /** Reads or extracts both. */
    public Split read() throws IOException {
        if (inputs.stream().allMatch(FeatureFile::isNamedSo)) {
            inputs.forEach(ArgumentChecks::existing);
            return checked(new Split(FeatureFile.read(inputs.get(0)), FeatureFile.read(inputs.get(1))));
        }
        try (FrozenArguments.Opened opened = frozen.open(inputs.get(0), inputs.get(1))) {
            OptionalInt splitAt = opened.data().splitAt();
            if (train == null && test == null && splitAt.isPresent()) {
                return split(
                        opened.model()
                                .extract(opened.model().dataset(opened.data().usual()), opened.extractor()),
                        splitAt.getAsInt());
            }
            MapNode known =
                    train == null ? opened.data().known() : opened.data().named(train);
            MapNode tested =
                    test == null ? opened.data().tested() : opened.data().named(test);
            Dataset first = opened.model().dataset(known);
            Dataset second = opened.model().dataset(tested);
            return checked(new Split(
                    opened.model().extract(first, opened.extractor()),
                    opened.model().extract(second, opened.extractor())));
        }
    }

    /** One list of images holds both, as in svm_voc07: those to learn from come first. */
    private static Split split(FeatureTable both, int at) {
        if (at <= 0 || at >= both.size()) {
            throw ConfigException.of("split_at is " + at + "; expected a number from 1 to " + (both.size() - 1)
                    + ", one less than there are images");
        }
        return new Split(
                both.select(IntStream.range(0, at).toArray()),
                both.select(IntStream.range(at, both.size()).toArray()));
    }

    private static Split checked(Split split) {
        if (split.train.dim() != split.test.dim()) {
            throw ConfigException.of("features to learn from have " + split.train.dim() + " values, those to test on "
                    + split.test.dim());
        }
        return split;
    }
}
