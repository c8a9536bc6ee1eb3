package io.github.selfsup4j.embed;

import ai.djl.Model;
import ai.djl.modality.cv.Image;
import ai.djl.translate.Translator;
import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.experiment.Experiment;
import io.github.selfsup4j.experiment.RunBuilder;
import io.github.selfsup4j.experiment.StartOptions;
import io.github.selfsup4j.features.Pooling;
import io.github.selfsup4j.inject.ComponentFactory;
import io.github.selfsup4j.io.disk.FormatException;
import io.github.selfsup4j.io.torch.PthFile;
import io.github.selfsup4j.io.tree.Tree;
import io.github.selfsup4j.nn.ChannelNorm;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.runner.RunSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A trained backbone as a DJL model that embeds pictures.
 *
 * @param model owns everything; its block is an {@link EmbeddingBlock}
 * @param translator prepares pictures
 */
public record EmbeddingModel(Model model, Translator<Image, float[]> translator) {

    /** The model of a checkpoint and of the config that it holds. */
    public static EmbeddingModel load(Path checkpoint) throws IOException {
        Path config = Files.createTempFile("selfsup4j", ".yaml");
        try {
            Files.writeString(config, configIn(checkpoint));
            return load(checkpoint, config);
        } finally {
            Files.deleteIfExists(config);
        }
    }

    private static String configIn(Path checkpoint) throws IOException {
        if (!Files.isRegularFile(checkpoint)) {
            throw ConfigException.of("there is no file " + checkpoint);
        }
        String advice = "; give the config, too: SelfsupModel.load(checkpoint, config)";
        try {
            Optional<String> config = PthFile.read(checkpoint)
                    .find("meta", "config")
                    .map(Tree::asText)
                    .filter(text -> !text.isBlank());
            if (config.isEmpty()) {
                throw ConfigException.of(checkpoint
                        + " holds weights but no config (a run's own checkpoints, epoch_N.pth, hold both)" + advice);
            } else if (config.get().matches("(?s)(.*\\n)?\\w+ = .*")) {
                throw ConfigException.of(checkpoint + " holds a config in Python, as MMSelfSup writes it" + advice);
            }
            return config.get();
        } catch (FormatException e) {
            throw ConfigException.of(e.getMessage() + advice);
        }
    }

    /** The model of a checkpoint and a config. */
    public static EmbeddingModel load(Path checkpoint, Path config) throws IOException {
        Experiment experiment = TrainedBackbone.read(further -> {
            Problems problems = new Problems();
            Experiment read = Experiment.read(config, further, List.of(), problems);
            problems.throwIfAny();
            return read;
        });
        RunSettings settings = experiment.settings(new StartOptions(
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.of("fp32"),
                Optional.of(0L)));
        Model model = Model.newInstance(experiment.name(), settings.device(), "PyTorch");
        try {
            Kernels kernels = new Kernels(model.getNDManager(), settings.precision());
            ComponentFactory factory = RunBuilder.factory(kernels, settings);
            TrainedBackbone backbone = TrainedBackbone.load(experiment, checkpoint, factory, model.getNDManager());
            ImageInput input = ImageInput.of(experiment, factory);
            Optional<ChannelNorm> norm =
                    ImageInput.algorithmsScaling(experiment).map(scaling -> new ChannelNorm(kernels, scaling));
            model.setBlock(new EmbeddingBlock(backbone.network(), norm, Pooling.PATCH_TOKENS));
            return new EmbeddingModel(model, new PictureTranslator(input));
        } catch (IOException | RuntimeException e) {
            model.close();
            throw e;
        }
    }
}
