package io.github.selfsup4j.plugins.mae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.data.Batch;
import io.github.selfsup4j.inject.ChecksParts;
import io.github.selfsup4j.inject.ComponentPlan;
import io.github.selfsup4j.model.Algorithm;
import io.github.selfsup4j.model.Losses;
import io.github.selfsup4j.model.Reconstructs;
import io.github.selfsup4j.nn.Layer;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Masked Autoencoder (<a href="https://arxiv.org/abs/2111.06377">He et al., 2021</a>; the reference's {@code MAE}):
 * most patches of an image are hidden, the others encoded, and a small decoder predicts the hidden pixels.
 *
 * <p>A batch holds {@code img}, normalised.
 */
@Component("MAE")
public final class Mae extends Layer implements Algorithm, Reconstructs {

    /** {@code MAE} has no keys besides its parts {@code backbone}, {@code neck} and {@code head}. */
    public static final class Config implements ChecksParts {
        @Override
        public void checkParts(ComponentPlan self, Problems problems) {
            self.config("backbone", MaeVit.Config.class).ifPresent(backbone -> {
                self.config("neck", MaePretrainDecoder.Config.class).ifPresent(neck -> {
                    requireEqual(
                            self,
                            problems,
                            "neck",
                            "num_patches",
                            neck.numPatches,
                            "the number of the backbone's patches",
                            backbone.patches());
                    requireEqual(
                            self,
                            problems,
                            "neck",
                            "embed_dim",
                            neck.embedDim,
                            "the backbone's embed_dims",
                            backbone.arch.embedDims);
                    requireEqual(
                            self,
                            problems,
                            "neck",
                            "patch_size",
                            neck.patchSize,
                            "the backbone's patch_size",
                            backbone.patchSize);
                    requireEqual(
                            self,
                            problems,
                            "neck",
                            "in_chans",
                            neck.inChans,
                            "the number of an image's channels",
                            MaeVit.CHANNELS);
                });
                self.config("head", MaePretrainHead.Config.class)
                        .ifPresent(head -> requireEqual(
                                self,
                                problems,
                                "head",
                                "patch_size",
                                head.patchSize,
                                "the backbone's patch_size",
                                backbone.patchSize));
            });
        }

        private static void requireEqual(
                ComponentPlan self, Problems problems, String part, String key, int found, String what, int expected) {
            if (found != expected) {
                problems.add(
                        self.location(part, key),
                        self.path(part, key),
                        "is " + found + ", but " + what + " is " + expected + "; make them equal");
            }
        }
    }

    private final MaeVit backbone;
    private final MaePretrainDecoder neck;
    private final MaePretrainHead head;

    @Inject
    Mae(Config unusedConfig, MaeVit backbone, MaePretrainDecoder neck, MaePretrainHead head) {
        this.backbone = child("backbone", backbone);
        this.neck = child("neck", neck);
        this.head = child("head", head);
    }

    @Override
    public Losses forwardTrain(Batch batch, Pass pass) {
        NDArray img = batch.get("img");
        MaeVit.Encoded encoded = backbone.encodeVisible(img, pass.under("backbone"));
        pass.recordAll("backbone", new NDList(encoded.latent(), encoded.mask(), encoded.idsRestore()));
        pass.record("latent", encoded.latent());
        NDArray mask = pass.record("mask", encoded.mask());
        NDArray idsRestore = pass.record("ids_restore", encoded.idsRestore());

        NDArray predicted = neck.forward(encoded.latent(), idsRestore, pass.under("neck"));
        pass.record("neck", pass.record("pred", predicted));
        NDArray patches = pass.record("patchified", head.patchify(img));
        return Losses.of(head.loss(predicted, patches, mask));
    }

    @Override
    public Map<String, NDArray> reconstruct(Batch batch, Pass pass) {
        NDArray img = batch.get("img");
        MaeVit.Encoded encoded = backbone.encodeVisible(img, pass);
        NDArray predicted = neck.forward(encoded.latent(), encoded.idsRestore(), pass);
        NDList pictures = head.pictures(img, predicted, encoded.mask());
        Map<String, NDArray> panels = new LinkedHashMap<>();
        panels.put("original", img);
        panels.put("masked", pictures.get(0));
        panels.put("reconstruction", pictures.get(1));
        return panels;
    }

    @Override
    public NDList extractFeatures(NDArray images, Pass pass) {
        return backbone.features(images, pass);
    }
}
