package io.github.selfsup4j.plugins.classification;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.model.Losses;
import io.github.selfsup4j.nn.BatchNorm;
import io.github.selfsup4j.nn.BatchNormConfig;
import io.github.selfsup4j.nn.Init;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Layer;
import io.github.selfsup4j.nn.Linear;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/**
 * A linear classifier for each of several stages of a ResNet-50, on averages of its feature maps (Goyal et al., 2019;
 * the reference's {@code MultiClsHead}).
 */
@Component("MultiClsHead")
public final class MultiClsHead extends Layer implements ClassificationHead {
    /** Size of the last stage's maps of images of 224 by 224, flattened. */
    private static final int LAST_MAPS = 2048 * 7 * 7;

    /** How feature maps are averaged. */
    public enum PoolType {
        /** Over a grid of fixed size. */
        ADAPTIVE,
        /** Over windows of fixed size, made for images of 224 by 224. */
        SPECIFIED
    }

    /** The backbones whose stages are known. */
    public enum BackboneName {
        /** ResNet-50. */
        RESNET50
    }

    /** Keys of {@code MultiClsHead}. */
    public static final class Config implements Validated {
        /** How feature maps are averaged. */
        public PoolType poolType = PoolType.ADAPTIVE;
        /** The stages that the backbone gives, 0 for the stem. */
        public int[] inIndices = {0};
        /** Whether there is one more classifier, on all of the last stage's maps (of images of 224 by 224). */
        public boolean withLastLayerUnpool = false;
        /** The backbone it is made for. */
        public BackboneName backbone = BackboneName.RESNET50;
        /** Norms behind the averages; {@code {type: 'null'}} for none. */
        public HeadNorm normCfg = HeadNorm.plain();
        /** Number of classes. */
        public int numClasses = 1000;

        @Override
        public void validate(Checks checks) {
            checks.require(inIndices.length > 0, "inIndices", "a stage at least");
            for (int stage : inIndices) {
                checks.require(
                        stage >= 0 && stage < StagePooling.stages(),
                        "inIndices",
                        "stages from 0 to " + (StagePooling.stages() - 1));
            }
            checks.require(numClasses > 0, "numClasses", "a positive number");
        }
    }

    private final Config config;
    private final Scores scores;
    private final List<StagePooling> poolings = new ArrayList<>();
    private final List<Linear> classifiers;

    @Inject
    MultiClsHead(Config config, Kernels kernels) {
        this.config = config;
        scores = new Scores(kernels, 0);
        List<BatchNorm> norms = new ArrayList<>();
        List<Linear> linears = new ArrayList<>();
        BatchNormConfig normConfig =
                config.normCfg.config().orElseGet(() -> BatchNormConfig.of(BatchNormConfig.Type.PLAIN));
        for (int stage : config.inIndices) {
            BatchNorm norm = config.normCfg
                    .config()
                    .map(cfg -> new BatchNorm(kernels, StagePooling.channels(stage), cfg))
                    .orElse(null);
            StagePooling pooling = new StagePooling(kernels, config.poolType, stage, norm, normConfig);
            poolings.add(pooling);
            linears.add(classifier(kernels, pooling.dim()));
            if (norm != null) {
                norms.add(norm);
            }
        }
        if (config.withLastLayerUnpool) {
            linears.add(classifier(kernels, LAST_MAPS));
        }
        children("norms", norms);
        classifiers = children("fcs", linears);
    }

    private Linear classifier(Kernels kernels, int dim) {
        return new Linear(kernels, dim, config.numClasses, true, Init.normal(0.01));
    }

    /** Takes a feature map {@code [batch, channels, height, width]} of each of {@code in_indices}. */
    @Override
    public NDList scores(NDList features, Pass pass) {
        if (features.size() != poolings.size()) {
            throw new IllegalArgumentException(
                    "MultiClsHead takes the maps of " + poolings.size() + " stages, the backbone gives "
                            + features.size() + ": its out_indices and the head's in_indices must be the same");
        }
        NDList predicted = new NDList();
        for (int i = 0; i < poolings.size(); i++) {
            predicted.add(scores.of(poolings.get(i).forward(features.get(i), pass), classifiers.get(i)));
        }
        if (config.withLastLayerUnpool) {
            predicted.add(scores.of(features.get(features.size() - 1), classifiers.get(classifiers.size() - 1)));
        }
        return predicted;
    }

    /** {@code loss.N} and {@code acc.N} of every classifier, counted from 1. */
    @Override
    public Losses losses(NDList predicted, NDArray label) {
        Losses losses = new Losses();
        for (int i = 0; i < predicted.size(); i++) {
            losses.with("loss." + (i + 1), scores.crossEntropy(predicted.get(i), label));
            losses.with("acc." + (i + 1), scores.accuracy(predicted.get(i), label));
        }
        return losses;
    }
}
