package io.github.selfsup4j.plugins.cae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.data.Batch;
import io.github.selfsup4j.data.ChannelScaling;
import io.github.selfsup4j.inject.ChecksParts;
import io.github.selfsup4j.inject.ComponentPlan;
import io.github.selfsup4j.model.Algorithm;
import io.github.selfsup4j.model.Losses;
import io.github.selfsup4j.model.MaskedEncoder;
import io.github.selfsup4j.model.PatchMask;
import io.github.selfsup4j.model.Reconstructs;
import io.github.selfsup4j.model.Tokenizer;
import io.github.selfsup4j.nn.ChannelNorm;
import io.github.selfsup4j.nn.Kernel;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Layer;
import io.github.selfsup4j.nn.MovingAverage;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Context Autoencoder (<a href="https://arxiv.org/abs/2202.03026">Chen et al., 2022</a>; the reference's {@code CAE}).
 *
 * <p>The student encodes the visible patches; the regressor predicts from them the latent representations of the masked
 * ones, which are aligned with what the teacher makes of those patches; the decoder predicts their tokens. The teacher
 * encodes with its old weights, then moves towards the student, before the optimizer's step.
 *
 * <p>A batch holds {@code img} in [0, 1], {@code mask}, and for the tokenizer {@code img_target}, a second size of the
 * same view; without it the tokenizer sees {@code img}.
 */
@Component("CAE")
public final class Cae extends Layer implements Algorithm, Reconstructs {

    /** Keys of {@code CAE}. */
    public static final class Config implements Algorithm.Settings, ChecksParts {
        /** Share of the teacher's old weights that an update keeps; 0 makes it the student of the step before. */
        public double baseMomentum = 0;

        @Override
        public Optional<ChannelScaling> imageScaling() {
            return Optional.of(SCALING);
        }

        @Override
        public void checkParts(ComponentPlan self, Problems problems) {
            self.config("neck", CaeNeck.Config.class).ifPresent(neck -> {
                self.config("head.tokenizer", Tokenizer.Settings.class)
                        .filter(tokens -> tokens.vocabulary() != neck.numClasses)
                        .ifPresent(tokens -> problems.add(
                                self.location("neck", "num_classes"),
                                self.path("neck", "num_classes"),
                                "is " + neck.numClasses + ", but the tokenizer's vocabulary is " + tokens.vocabulary()
                                        + "; make them equal"));
                self.config("backbone", CaeVit.Config.class)
                        .filter(backbone -> backbone.arch.embedDims != neck.embedDims)
                        .ifPresent(backbone -> problems.add(
                                self.location("neck", "embed_dims"),
                                self.path("neck", "embed_dims"),
                                "is " + neck.embedDims + ", but the backbone's is " + backbone.arch.embedDims
                                        + "; make them equal"));
            });
        }
    }

    private static final ChannelScaling SCALING =
            ChannelScaling.of(new float[] {0.485f, 0.456f, 0.406f}, new float[] {0.229f, 0.224f, 0.225f});

    private final double momentum;
    private final MaskedEncoder student;
    private final MaskedEncoder teacher;
    private final CaeNeck neck;
    private final CaeHead head;
    private final MovingAverage movingAverage;
    private final ChannelNorm norm;
    private final Kernel kernel;

    @Inject
    Cae(Config config, Provider<MaskedEncoder> backbone, CaeNeck neck, CaeHead head, Kernels kernels) {
        this.momentum = config.baseMomentum;
        this.student = backbone.get();
        this.teacher = backbone.get();
        this.neck = neck;
        this.head = head;
        movingAverage = new MovingAverage(kernels);
        norm = new ChannelNorm(kernels, SCALING);
        kernel = kernels.load(Cae.class, "cae.torchscript", Map.of());
        child("backbone", student.layer());
        child("teacher", teacher.layer());
        child("neck", neck);
        child("head", head);
        teacher.freeze();
    }

    @Override
    protected void afterInitialize() {
        movingAverage.reset(
                teacher.namedParameters().values(), student.namedParameters().values());
    }

    @Override
    public Losses forwardTrain(Batch batch, Pass pass) {
        NDArray img = pass.record("img_normalized", norm.forward(batch.get("img")));
        PatchMask mask = PatchMask.of(batch.get("mask"), student.patches(), pass.scope());
        // First, while no activations are kept for the backward pass: the tokenizer's are the largest of the step.
        NDArray target = target(batch, mask, pass);

        NDArray encoded = pass.record("backbone", student.encode(img, mask.visible(), pass.under("backbone")));
        pass.record("unmasked", encoded);
        NDArray visible = encoded.get(":, 1:");
        NDArray latentTarget = encodeByTeacher(img, mask, pass);

        NDArray maskedPositions = positions(mask.masked());
        NDArray visiblePositions = positions(mask.visible());
        CaeNeck.Prediction prediction = neck.forward(visible, maskedPositions, visiblePositions, pass.under("neck"));
        if (pass.recording()) {
            pass.record("neck.0", pass.record("logits", head.logits(prediction)));
        }
        pass.record("neck.1", pass.record("latent_pred", prediction.latent()));
        return head.forward(prediction, target, latentTarget);
    }

    /** The tokens of the masked patches, int64 {@code [batch * masked]}. */
    private NDArray target(Batch batch, PatchMask mask, Pass pass) {
        return head.target(batch.get(batch.has("img_target") ? "img_target" : "img"), mask.masked(), pass);
    }

    /** What the teacher makes of the masked patches, {@code [batch, masked, dim]}; afterwards it moves. */
    private NDArray encodeByTeacher(NDArray img, PatchMask mask, Pass pass) {
        NDArray encoded = pass.record("teacher", teacher.encode(img, mask.masked(), pass.under("teacher")));
        movingAverage.update(
                teacher.namedParameters().values(), student.namedParameters().values(), momentum);
        return pass.record("latent_target", encoded.get(":, 1:"));
    }

    /** Position embedding of chosen patches, {@code [batch, chosen, dim]}. */
    private NDArray positions(NDArray chosen) {
        return kernel.call("positions", chosen, student.positions());
    }

    @Override
    public Map<String, NDArray> reconstruct(Batch batch, Pass pass) {
        NDArray img = batch.get("img");
        PatchMask mask = PatchMask.of(batch.get("mask"), student.patches(), pass.scope());
        NDArray visible =
                student.encode(norm.forward(img), mask.visible(), pass).get(":, 1:");
        NDArray logits = head.logits(neck.forward(visible, positions(mask.masked()), positions(mask.visible()), pass));
        NDList pictures = head.pictures(img, batch.get("mask"), mask.masked(), target(batch, mask, pass), logits);
        Map<String, NDArray> panels = new LinkedHashMap<>();
        panels.put("original", img);
        panels.put("masked", pictures.get(0));
        panels.put("target tokens", pictures.get(1));
        panels.put("predicted tokens", pictures.get(2));
        panels.put("right or wrong", pictures.get(3));
        return panels;
    }

    @Override
    public NDList extractFeatures(NDArray images, Pass pass) {
        return student.features(norm.forward(images), pass);
    }
}
