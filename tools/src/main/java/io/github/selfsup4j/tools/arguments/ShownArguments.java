package io.github.selfsup4j.tools.arguments;

import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.data.Dataset;
import io.github.selfsup4j.features.FeatureTable;
import io.github.selfsup4j.tools.features.FeatureFile;
import io.github.selfsup4j.tools.features.PictureFiles;
import io.github.selfsup4j.tools.pictures.Pictures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Images whose features a command shows: extracted by a model, or from a file. */
public final class ShownArguments {
    @Parameters(
            arity = "1..2",
            paramLabel = "INPUT",
            description = "CONFIG and CHECKPOINT (or '" + FrozenArguments.RANDOM + "' for untrained weights);"
                    + " or a file of features that 'extract' wrote.")
    List<Path> inputs;

    @Mixin
    ImageArguments images;

    @Mixin
    public FrozenArguments frozen;

    /** Features, and the pictures they are of, if these are at hand. */
    public record Shown(FeatureTable table, Optional<Pictures> pictures) {
        /** Some of the rows. */
        public Shown select(int[] rows) {
            return new Shown(table.select(rows), pictures.map(all -> row -> all.picture(rows[row])));
        }
    }

    /** Whether features come from a file. */
    public boolean fromFile() {
        return inputs.size() == 1;
    }

    /** Refuses inputs that can't be meant. */
    public void check() {
        if (fromFile() && !FeatureFile.isNamedSo(inputs.get(0))) {
            throw ConfigException.of(
                    inputs.get(0)
                            + " is no file of features; expected one that ends with .npz, .safetensors or .parquet, or CONFIG and CHECKPOINT");
        }
    }

    /** Reads or extracts the features. */
    public Shown read() throws IOException {
        check();
        if (fromFile()) {
            FeatureTable table = FeatureFile.read(ArgumentChecks.existing(inputs.get(0)));
            return new Shown(table, PictureFiles.of(table.paths()));
        }
        try (FrozenArguments.Opened opened = open()) {
            return extract(opened);
        }
    }

    /** Builds the model. */
    public FrozenArguments.Opened open() throws IOException {
        return frozen.open(inputs.get(0), inputs.get(1));
    }

    /** Extracts the features of the chosen images. */
    public Shown extract(FrozenArguments.Opened opened) throws IOException {
        Dataset dataset = opened.model().dataset(images.choose(opened.data()));
        return new Shown(opened.model().extract(dataset, opened.extractor()), Optional.of(dataset.source()::image));
    }
}
