package io.github.selfsup4j.embed;

import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.config.ListNode;
import io.github.selfsup4j.data.ChannelScaling;
import io.github.selfsup4j.data.FloatArray;
import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.data.Sample;
import io.github.selfsup4j.data.Size;
import io.github.selfsup4j.data.Transform;
import io.github.selfsup4j.experiment.EvaluationData;
import io.github.selfsup4j.experiment.Experiment;
import io.github.selfsup4j.inject.ComponentFactory;
import io.github.selfsup4j.inject.ComponentPlan;
import io.github.selfsup4j.model.Algorithm;
import io.github.selfsup4j.model.Backbone;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How pictures become what a backbone takes: by the config's own pipeline for evaluation, if that makes images of one
 * size of any picture; otherwise they are resized, cropped in the middle, and normalised as in training.
 *
 * @param pipeline the transforms
 * @param size of the images
 * @param scalings what is done to the channels of images in [0, 1], in order: by the pipeline, by the algorithm
 */
public record ImageInput(List<Transform> pipeline, Size size, List<ChannelScaling> scalings) {
    /** Pictures whose sizes have nothing in common. */
    private static final List<Image8> PROBES = List.of(blank(97, 131), blank(260, 149));

    /**
     * The input of a config's backbone.
     *
     * @throws ConfigException if no pipeline makes images of the size that it needs
     */
    public static ImageInput of(Experiment experiment, ComponentFactory factory) {
        Optional<Size> needed = TrainedBackbone.plan(experiment)
                .config("", Backbone.Settings.class)
                .flatMap(Backbone.Settings::imageSize);
        for (ListNode steps : new EvaluationData(experiment.file().root(), false).pipelines()) {
            List<ComponentPlan> plans = steps.items().stream()
                    .map(step -> experiment.plan(step, Transform.class))
                    .toList();
            List<Transform> pipeline = plans.stream()
                    .map(plan -> factory.build(plan, Transform.class))
                    .toList();
            Optional<Size> made = sizeMadeBy(pipeline);
            if (made.isPresent() && needed.map(made.get()::equals).orElse(true)) {
                return new ImageInput(pipeline, made.get(), scalings(experiment, plans));
            }
        }
        throw ConfigException.of(
                "the backbone needs images of size "
                        + needed.map(Size::toString).orElse("")
                        + ", and no pipeline for evaluation makes them of any picture; give the config a data.test with Resize and CenterCrop");
    }

    private static List<ChannelScaling> scalings(Experiment experiment, List<ComponentPlan> pipeline) {
        Stream<ChannelScaling> ofPipeline =
                pipeline.stream().flatMap(transform -> transform.config("", ChannelScaling.class).stream());
        Stream<ChannelScaling> ofAlgorithm = algorithmsScaling(experiment).stream();
        return Stream.concat(ofPipeline, ofAlgorithm).toList();
    }

    /** How the algorithm itself scales images in [0, 1], after the pipeline. */
    static Optional<ChannelScaling> algorithmsScaling(Experiment experiment) {
        return experiment
                .model()
                .flatMap(model -> model.config("", Algorithm.Settings.class))
                .flatMap(Algorithm.Settings::imageScaling);
    }

    /** The size of the images that a pipeline makes; empty if it depends on the picture. */
    private static Optional<Size> sizeMadeBy(List<Transform> pipeline) {
        List<Optional<Size>> sizes = PROBES.stream()
                .map(probe -> prepared(probe, pipeline)
                        .map(image -> new Size((int) image.shape()[1], (int) image.shape()[2])))
                .distinct()
                .toList();
        return sizes.size() == 1 ? sizes.get(0) : Optional.empty();
    }

    /** What becomes of a picture, {@code [3, height, width]}. */
    FloatArray prepare(Image8 picture) {
        return prepared(picture, pipeline).orElseThrow();
    }

    /** Empty if the pipeline makes no tensor. */
    private static Optional<FloatArray> prepared(Image8 picture, List<Transform> pipeline) {
        Sample sample = new Sample().put("img", picture);
        pipeline.forEach(transform -> transform.apply(sample, RandomStream.of(0)));
        return sample.get("img") instanceof FloatArray image && image.shape().length == 3
                ? Optional.of(image)
                : Optional.empty();
    }

    private static Image8 blank(int height, int width) {
        return new Image8(height, width, 3, new byte[height * width * 3]);
    }
}
