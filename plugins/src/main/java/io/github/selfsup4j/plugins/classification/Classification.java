package io.github.selfsup4j.plugins.classification;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.selfsup4j.data.Batch;
import io.github.selfsup4j.model.Algorithm;
import io.github.selfsup4j.model.Backbone;
import io.github.selfsup4j.model.Classifier;
import io.github.selfsup4j.model.Losses;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Layer;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;
import java.util.List;

/**
 * Supervised classification on a backbone, fine-tuned or frozen (the reference's {@code Classification}). A batch holds
 * {@code img}, normalised, and {@code label}.
 */
@Component("Classification")
public final class Classification extends Layer implements Algorithm, Classifier {

    /** Keys of {@code Classification}. */
    public static final class Config {
        /** Whether the backbone sees the edges of images instead of their colours. */
        public boolean withSobel = false;
        /** What is done to batches in training. */
        public TrainConfig trainCfg = new TrainConfig();
    }

    /** Keys of {@code train_cfg}. */
    public static final class TrainConfig {
        /** Ways to mix the images of a batch; null for none. */
        public Augments augments = null;
    }

    private final Kernels kernels;
    private final Sobel sobel;
    private final Backbone backbone;
    private final ClassificationHead head;
    private final Augments augments;

    @Inject
    Classification(Config config, Backbone backbone, ClassificationHead head, Kernels kernels) {
        this.kernels = kernels;
        this.backbone = backbone;
        this.head = head;
        augments = config.trainCfg.augments;
        sobel = config.withSobel ? child("sobel_layer", new Sobel(kernels)) : null;
        child("backbone", backbone.layer());
        child("head", head.layer());
    }

    @Override
    public Losses forwardTrain(Batch batch, Pass pass) {
        Augments.Mixed given = new Augments.Mixed(batch.get("img"), batch.get("label"));
        if (augments != null) {
            given = augments.apply(given.images(), given.label(), pass, kernels);
            pass.record("mixed_img", given.images());
            pass.record("mixed_label", given.label());
        }
        NDList scores = pass.recordAll("head", head.scores(extractFeatures(given.images(), pass), pass.under("head")));
        return head.losses(scores, given.label());
    }

    @Override
    public NDList extractFeatures(NDArray images, Pass pass) {
        NDArray input = sobel == null ? images : pass.record("sobel_layer", sobel.forward(images));
        return pass.recordAll("backbone", backbone.features(input, pass.under("backbone")));
    }

    /**
     * As in the reference a score for each of the backbone's outputs: one on all of the last stage's maps counts in
     * training alone.
     */
    @Override
    public NDList scores(NDArray images, Pass pass) {
        NDList scores = head.scores(extractFeatures(images, pass), pass);
        return new NDList(
                scores.subList(0, Math.min(scores.size(), backbone.outIndices().size())));
    }

    @Override
    public List<String> scoreNames() {
        return backbone.outIndices().stream().map(index -> "head" + index).toList();
    }
}
