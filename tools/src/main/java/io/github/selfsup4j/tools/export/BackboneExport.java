package io.github.selfsup4j.tools.export;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import io.github.selfsup4j.data.ChannelScaling;
import io.github.selfsup4j.data.Size;
import io.github.selfsup4j.embed.ImageInput;
import io.github.selfsup4j.embed.TrainedBackbone;
import io.github.selfsup4j.experiment.Experiment;
import io.github.selfsup4j.experiment.RunBuilder;
import io.github.selfsup4j.inject.ComponentFactory;
import io.github.selfsup4j.nn.ChannelNorm;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.NoGradient;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.nn.Precision;
import io.github.selfsup4j.runner.RunFailedException;
import io.github.selfsup4j.runner.RunSettings;
import io.github.selfsup4j.script.ForwardScript;
import io.github.selfsup4j.script.ForwardTape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes backbones as TorchScript, which PyTorch and DJL run without anything of this project. It is made on the CPU,
 * whose kernels use no operators that older versions of PyTorch lack, and runs on any device.
 */
public final class BackboneExport {
    private static final int RECORDED = 2;
    /** Another batch size than the recorded one. */
    private static final int CHECKED = 3;

    private static final float BOUND = 1e-5f;

    private final Experiment experiment;
    private final RunSettings settings;
    private final boolean takesNormalised;

    /**
     * An export.
     *
     * @param experiment whose model has the backbone, read by {@link TrainedBackbone#read}
     * @param takesNormalised whether the module takes images that are normalised already, and not images in [0, 1]
     */
    public BackboneExport(Experiment experiment, RunSettings settings, boolean takesNormalised) {
        this.experiment = experiment;
        this.settings = settings;
        this.takesNormalised = takesNormalised;
    }

    /**
     * What was written.
     *
     * @param backbone name of the component
     * @param input shape of the images that were tried, {@code [batch, 3, height, width]}
     * @param features shape of each feature array of them
     * @param scalings what is done to images in [0, 1] inside, in order
     * @param difference the largest between the backbone's features and those of the file
     */
    public record Result(
            String backbone, Shape input, List<Shape> features, List<ChannelScaling> scalings, float difference) {}

    /**
     * Writes the file, reads it and compares its features with the backbone's.
     *
     * @param checkpoint the model's or the backbone's weights
     * @param out a name that ends in {@code .pt}
     * @throws RunFailedException if the file does not give the backbone's features
     */
    public Result write(Path checkpoint, Path out) throws IOException {
        ForwardTape tape = new ForwardTape();
        try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
                NoGradient off = new NoGradient()) {
            Kernels kernels = new Kernels(manager, Precision.FP32, tape);
            ComponentFactory factory = RunBuilder.factory(kernels, settings);
            TrainedBackbone backbone = TrainedBackbone.load(experiment, checkpoint, factory, manager);
            ImageInput input = ImageInput.of(experiment, factory);
            List<ChannelScaling> scalings = takesNormalised ? List.of() : input.scalings();
            Forward forward = new Forward(
                    backbone,
                    scalings.stream()
                            .map(scaling -> new ChannelNorm(kernels, scaling))
                            .toList());
            record(forward, kernels, tape, images(manager, RECORDED, input.size()), out);
            NDArray images = images(manager, CHECKED, input.size());
            NDList expected = forward.features(images);
            float difference = difference(expected, run(out, images));
            Result result = new Result(
                    backbone.name(),
                    images.getShape(),
                    expected.stream().map(NDArray::getShape).toList(),
                    scalings,
                    difference);
            requireEqual(result, expected, out);
            return result;
        }
    }

    private record Forward(TrainedBackbone backbone, List<ChannelNorm> norms) {
        NDList features(NDArray images) {
            NDArray input = images;
            for (ChannelNorm norm : norms) {
                input = norm.forward(input);
            }
            return backbone.network().features(input, Pass.evaluation(images.getManager()));
        }
    }

    private void record(Forward forward, Kernels kernels, ForwardTape tape, NDArray images, Path out)
            throws IOException {
        tape.clear();
        NDList features = forward.features(images);
        new ForwardScript(forward.backbone.name(), forward.backbone.network(), kernels, tape, images, features)
                .write(out, Map.of("config.yaml", experiment.effectiveConfig()));
        tape.clear();
    }

    private static NDArray images(NDManager manager, int batch, Size size) {
        return manager.randomUniform(0, 1, new Shape(batch, 3, size.height(), size.width()));
    }

    /** What anybody gets who loads the file with DJL. */
    private NDList run(Path file, NDArray images) throws IOException {
        Path absolute = file.toAbsolutePath();
        try (Model model = Model.newInstance("exported", Device.cpu(), "PyTorch")) {
            model.load(absolute.getParent(), absolute.getFileName().toString().replaceFirst("\\.pt$", ""));
            try (Predictor<NDList, NDList> predictor = model.newPredictor(new NoopTranslator())) {
                NDList features = predictor.predict(new NDList(images));
                features.attach(images.getManager());
                return features;
            }
        } catch (MalformedModelException | TranslateException e) {
            throw new RunFailedException("the engine can't run " + file + ": " + e.getMessage());
        }
    }

    private static float difference(NDList expected, NDList found) {
        float difference = expected.size() == found.size() ? 0 : Float.POSITIVE_INFINITY;
        for (int i = 0; i < Math.min(expected.size(), found.size()); i++) {
            boolean sameShape = expected.get(i).getShape().equals(found.get(i).getShape());
            difference = Math.max(
                    difference,
                    sameShape ? expected.get(i).sub(found.get(i)).abs().max().getFloat() : Float.POSITIVE_INFINITY);
        }
        return difference;
    }

    private static void requireEqual(Result result, NDList expected, Path out) {
        float largest = expected.stream()
                .map(array -> array.abs().max().getFloat())
                .max(Float::compare)
                .orElse(1f);
        if (!(result.difference <= BOUND * Math.max(1, largest))) {
            throw new RunFailedException(
                    out + " gives other features than " + result.backbone + ": they differ by " + result.difference
                            + ". Does the backbone compute something outside kernels that depends on the number of images?");
        }
    }
}
