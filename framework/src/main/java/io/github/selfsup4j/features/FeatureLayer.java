package io.github.selfsup4j.features;

import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.config.Problems;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The layer whose output is taken for features.
 *
 * @param name as a pass records it, whole or its last parts ({@code backbone.layers.3}, {@code layers.3},
 *     {@code layer4}); a number stands for the layer of a transformer from 0, or the stage of a ResNet from 1; empty
 *     for what the model gives as features
 */
public record FeatureLayer(Optional<String> name) {
    /** What the model gives as features. */
    public static final FeatureLayer LAST = new FeatureLayer(Optional.empty());

    /** A layer by name or number. */
    public static FeatureLayer named(String name) {
        return new FeatureLayer(Optional.of(name));
    }

    /** Whether what is recorded under a name is this layer's output. */
    boolean is(String recorded) {
        return name.map(wanted -> recorded.equals(wanted)
                        || recorded.endsWith("." + wanted)
                        || (wanted.matches("\\d+") && Pattern.matches("(.*\\.)?(layers\\.|layer)" + wanted, recorded)))
                .orElse(false);
    }

    /**
     * There is no such layer.
     *
     * @param recorded those that there are
     */
    ConfigException missing(Collection<String> recorded) {
        String wanted = name.orElseThrow();
        String hint = Problems.nearest(wanted, recorded)
                .map(near -> "; did you mean " + near + "?")
                .orElse(".");
        return ConfigException.of("the model has no layer '" + wanted + "'" + hint
                + (recorded.isEmpty() ? "" : " It has " + String.join(", ", recorded)));
    }
}
