package io.github.selfsup4j.plugins.cae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.config.Required;
import io.github.selfsup4j.inject.ChecksParts;
import io.github.selfsup4j.inject.ComponentPlan;
import io.github.selfsup4j.model.Head;
import io.github.selfsup4j.model.Losses;
import io.github.selfsup4j.model.Tokenizer;
import io.github.selfsup4j.nn.Kernel;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Layer;
import io.github.selfsup4j.nn.Linear;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.plugins.tokenizer.DalleEncoder;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;

/**
 * Losses of CAE (section 3.2; the reference's {@code CAEHead}): cross entropy of the predicted tokens, plus
 * {@code lambd} times the squared distance of predicted and target latent representations.
 */
@Component("CAEHead")
public final class CaeHead extends Layer implements Head {

    /** Keys of {@code CAEHead}. */
    public static final class Config implements ChecksParts {
        /** Weight of the alignment loss. */
        @Required
        public double lambd;
        /**
         * File of weights of DALL-E's encoder, which then is the tokenizer; leave it out if {@code tokenizer} is given.
         */
        public String tokenizerPath = null;

        @Override
        public void checkParts(ComponentPlan self, Problems problems) {
            if (self.children("tokenizer").isEmpty() == (tokenizerPath == null)) {
                problems.add(
                        self.node().location(),
                        self.node().path(),
                        "needs one of tokenizer_path, a file of weights of DALL-E's"
                                + " encoder, and tokenizer, a tokenizer component such as {type: PatchKMeansTokenizer}; found "
                                + (tokenizerPath == null ? "neither" : "both"));
            }
        }
    }

    private final double lambd;
    private final Tokenizer tokenizer;
    private final Kernel kernel;

    @Inject
    CaeHead(Config config, Optional<Tokenizer> tokenizer, Kernels kernels) {
        this.lambd = config.lambd;
        this.tokenizer = tokenizer.orElseGet(() -> DalleEncoder.fromFile(config.tokenizerPath, kernels));
        this.kernel = kernels.load(CaeHead.class, "cae_head.torchscript", Map.of("lambd", lambd));
        child("encoder", this.tokenizer.layer());
    }

    /**
     * The tokens of the masked patches, int64 {@code [batch * masked]}.
     *
     * @param imgTarget {@code [batch, 3, height, width]} in [0, 1]
     * @param masked int64 {@code [batch, masked]}, the masked patches
     */
    NDArray target(NDArray imgTarget, NDArray masked, Pass pass) {
        return pass.record(
                "target_ids_masked", tokenizer.tokenize(imgTarget, masked, pass).flatten());
    }

    /**
     * Images whose masked patches are blank; have a colour for each target token; one for each predicted token; are
     * green where those two are the same and red where not.
     *
     * @param img {@code [batch, 3, height, width]} in [0, 1]
     * @param mask the batch's, not 0 where a patch is masked
     * @param masked int64 {@code [batch, masked]}, the masked patches
     * @param target their tokens, int64 {@code [batch * masked]}
     * @param logits {@code [batch, masked, classes]}
     * @return four of the images' shape
     */
    NDList pictures(NDArray img, NDArray mask, NDArray masked, NDArray target, NDArray logits) {
        return kernel.callAll("pictures", img, mask, masked, target, logits);
    }

    /**
     * Logits of a prediction, {@code [batch, masked, classes]}. The losses make do without: in training they are too
     * large to keep.
     */
    NDArray logits(CaeNeck.Prediction prediction) {
        return kernel.call(
                "logits",
                prediction.decoded(),
                prediction.classifier().weight(),
                prediction.classifier().bias());
    }

    /**
     * The losses {@code loss} (what is differentiated), {@code main} and {@code align}.
     *
     * @param prediction of the masked patches
     * @param target their tokens, int64 {@code [batch * masked]}
     * @param latentTarget {@code [batch, masked, dim]}, without gradient
     */
    Losses forward(CaeNeck.Prediction prediction, NDArray target, NDArray latentTarget) {
        Linear classifier = prediction.classifier();
        NDList losses = kernel.callAll(
                "losses",
                prediction.decoded(),
                classifier.weight(),
                classifier.bias(),
                target,
                prediction.latent(),
                latentTarget);
        return new Losses()
                .with("loss", losses.get(0))
                .with("main", losses.get(1))
                .with("align", losses.get(2));
    }
}
