package io.github.selfsup4j.plugins.heads;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.selfsup4j.inject.Slot;
import io.github.selfsup4j.model.FeatureNeck;
import io.github.selfsup4j.model.Losses;
import io.github.selfsup4j.nn.Kernel;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Layer;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;
import java.util.Map;

/**
 * Predicts the features of one view from those of the other; the loss is the negative cosine similarity, no gradient
 * flows into the target (BYOL, section 3.1; SimSiam; the reference's {@code LatentPredictHead}).
 */
@Component("LatentPredictHead")
public final class LatentPredictHead extends Layer implements LatentHead {
    private final FeatureNeck predictor;
    private final Kernel kernel;

    @Inject
    LatentPredictHead(@Slot("predictor") FeatureNeck predictor, Kernels kernels) {
        this.predictor = predictor;
        kernel = kernels.load(LatentPredictHead.class, "latent_predict_head.torchscript", Map.of());
        child("predictor", predictor.layer());
    }

    @Override
    public Losses forward(NDArray input, NDArray target, Pass pass) {
        NDArray prediction =
                predictor.forward(new NDList(input), pass.under("predictor")).singletonOrThrow();
        return Losses.of(kernel.call("loss", pass.record("predictor", prediction), target));
    }
}
