package io.github.selfsup4j.plugins.classification;

import ai.djl.ndarray.NDArray;
import io.github.selfsup4j.config.ConfigBinder;
import io.github.selfsup4j.config.ConfigNode;
import io.github.selfsup4j.config.ListNode;
import io.github.selfsup4j.config.MapNode;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.config.ScalarNode;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Pass;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * {@code train_cfg.augments}: ways to mix the images of a batch, of which each batch gets one, by their probabilities;
 * none with what is left of 1 (mmcls's {@code Augments}).
 */
public final class Augments {
    private static final double ROUNDING = 1e-9;

    private final List<BatchMix> mixes;

    private Augments(List<BatchMix> mixes) {
        this.mixes = mixes;
    }

    /**
     * Images and labels of a batch.
     *
     * @param label int64 {@code [batch]}, or shares {@code [batch, classes]}
     */
    public record Mixed(NDArray images, NDArray label) {}

    /** Reads a map with a {@code type}, or a list of such. */
    public static Augments fromConfig(ConfigNode node, Problems problems) {
        List<BatchMix> mixes = new ArrayList<>();
        for (ConfigNode item : node instanceof ListNode list ? list.items() : List.of(node)) {
            BatchMix mix = mix(item, problems);
            if (mix != null) {
                mixes.add(mix);
            }
        }
        double sum = mixes.stream().mapToDouble(mix -> mix.prob).sum();
        if (sum > 1 + ROUNDING) {
            problems.add(node.location(), node.path(), "the probabilities sum up to " + sum + "; expected at most 1");
        }
        return new Augments(mixes);
    }

    private static BatchMix mix(ConfigNode node, Problems problems) {
        String type = node instanceof MapNode map && map.get("type").orElse(null) instanceof ScalarNode name
                ? name.asText()
                : "";
        Class<? extends BatchMix> mix =
                switch (type) {
                    case "BatchMixup" -> BatchMixup.class;
                    case "BatchCutMix" -> BatchCutMix.class;
                    case "Identity" -> NoMix.class;
                    default -> null;
                };
        if (mix == null) {
            problems.add(
                    node.location(),
                    node.path(),
                    (type.isEmpty() ? "missing 'type'" : "unknown augment '" + type + "'")
                            + "; expected one of [BatchCutMix, BatchMixup, Identity]");
            return null;
        }
        return ConfigBinder.bind((MapNode) node, mix, Set.of("type"), problems);
    }

    /**
     * Mixes a batch.
     *
     * @param label int64 {@code [batch]}
     */
    public Mixed apply(NDArray images, NDArray label, Pass pass, Kernels kernels) {
        return choose(pass).apply(images, label, pass, kernels);
    }

    /** Nothing is drawn if there is nothing to choose. */
    private BatchMix choose(Pass pass) {
        if (mixes.size() == 1 && mixes.get(0).prob == 1) {
            return mixes.get(0);
        }
        double place = pass.draw("augment", random -> pass.scope().create(random.uniform(0, 1)))
                .getDouble();
        for (BatchMix mix : mixes) {
            place -= mix.prob;
            if (place < 0) {
                return mix;
            }
        }
        return new NoMix();
    }
}
