package io.github.selfsup4j.tools.backbone;

import io.github.selfsup4j.data.ChannelScaling;
import io.github.selfsup4j.data.FloatArray;
import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.data.Sample;
import io.github.selfsup4j.data.Size;
import io.github.selfsup4j.data.Transform;
import io.github.selfsup4j.inject.ComponentFactory;
import io.github.selfsup4j.inject.ComponentPlan;
import io.github.selfsup4j.model.Algorithm;
import io.github.selfsup4j.model.Backbone;
import io.github.selfsup4j.tools.experiment.Experiment;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a config says about the images that its backbone takes. */
final class ImageInput {
    /** The size that networks of any image size are mostly trained with. */
    private static final Size USUAL = Size.square(224);
    /** Pictures whose sizes have nothing in common. */
    private static final List<Image8> PROBES = List.of(blank(97, 131), blank(260, 149));

    private final Experiment experiment;
    private final ComponentFactory factory;

    ImageInput(Experiment experiment, ComponentFactory factory) {
        this.experiment = experiment;
        this.factory = factory;
    }

    /** How the algorithm itself scales images in [0, 1], after the pipeline. */
    Optional<ChannelScaling> algorithmsScaling() {
        return experiment.model().flatMap(model -> model.config("", Algorithm.Settings.class)).flatMap(Algorithm.Settings::imageScaling);
    }

    /** How the pipeline scales images in [0, 1]: that of the test data or, without one, of the training data. */
    Optional<ChannelScaling> pipelinesScaling() {
        return Stream.of(experiment.testData(), experiment.trainingData()).flatMap(Optional::stream).flatMap(dataset -> pipelines(dataset).stream())
                .flatMap(List::stream).flatMap(transform -> transform.config("", ChannelScaling.class).stream()).findFirst();
    }

    /** The size of images: what the backbone needs or else the pipelines make of any picture, or else the usual one. */
    Size size() {
        return TrainedBackbone.plan(experiment).config("", Backbone.Settings.class).flatMap(Backbone.Settings::imageSize)
                .or(() -> testPipeline().flatMap(ImageInput::sizeMadeBy))
                .or(() -> experiment.trainingData().flatMap(data -> pipelines(data).stream().findFirst()).map(this::build).flatMap(ImageInput::sizeMadeBy))
                .orElse(USUAL);
    }

    /** The config's own preparation of test images, if it makes images of one size out of any picture. */
    Optional<List<Transform>> testPipeline() {
        return experiment.testData().flatMap(data -> pipelines(data).stream().findFirst()).map(this::build).filter(pipeline -> sizeMadeBy(pipeline).isPresent());
    }

    private List<Transform> build(List<ComponentPlan> pipeline) {
        return pipeline.stream().map(plan -> factory.build(plan, Transform.class)).toList();
    }

    /** The one of a dataset of single views, or those of a dataset of several. */
    private static List<List<ComponentPlan>> pipelines(ComponentPlan dataset) {
        return Stream.concat(dataset.childLists("pipeline").stream(), dataset.childLists("pipelines").stream()).toList();
    }

    /** The size of the images that a pipeline makes; empty if it depends on the picture. */
    static Optional<Size> sizeMadeBy(List<Transform> pipeline) {
        List<Optional<Size>> sizes = PROBES.stream().map(probe -> prepared(probe, pipeline)).map(image -> image.map(ImageInput::size)).distinct().toList();
        return sizes.size() == 1 ? sizes.get(0) : Optional.empty();
    }

    private static Size size(FloatArray image) {
        return new Size((int) image.shape()[1], (int) image.shape()[2]);
    }

    /** What a pipeline makes of a picture; empty if it is no tensor. */
    static Optional<FloatArray> prepared(Image8 picture, List<Transform> pipeline) {
        Sample sample = new Sample().put("img", picture);
        pipeline.forEach(transform -> transform.apply(sample, RandomStream.of(0)));
        return sample.get("img") instanceof FloatArray image && image.shape().length == 3 ? Optional.of(image) : Optional.empty();
    }

    private static Image8 blank(int height, int width) {
        return new Image8(height, width, 3, new byte[height * width * 3]);
    }
}
