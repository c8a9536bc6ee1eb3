package io.github.selfsup4j.plugins.transforms;

import io.github.selfsup4j.config.ConfigNode;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.config.ScalarNode;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.imaging.Interpolation;
import java.util.List;
import java.util.Optional;

/**
 * One interpolation, or in a config {@code random}: bilinear or bicubic by chance.
 *
 * @param choices what to choose from
 */
public record RandomInterpolation(List<Interpolation> choices) {
    private static final String RANDOM = "random";

    /** Always the same. */
    static RandomInterpolation always(Interpolation one) {
        return new RandomInterpolation(List.of(one));
    }

    /** Reads a config value. */
    public static RandomInterpolation fromConfig(ConfigNode node, Problems problems) {
        if (node instanceof ScalarNode scalar) {
            if (scalar.asText().equals(RANDOM)) {
                return new RandomInterpolation(List.of(Interpolation.BILINEAR, Interpolation.BICUBIC));
            }
            Optional<Interpolation> one = Interpolation.find(scalar);
            if (one.isPresent()) {
                return always(one.get());
            }
        }
        problems.add(node, "expected " + RANDOM + " or one of " + Interpolation.names() + ", found " + node.describe());
        return always(Interpolation.BILINEAR);
    }

    /** Chooses; draws nothing if there is no choice. */
    Interpolation choose(RandomStream random) {
        return choices.size() == 1 ? choices.get(0) : choices.get(random.randint(0, choices.size() - 1));
    }

    @Override
    public String toString() {
        return choices.size() == 1 ? choices.get(0).toString() : RANDOM;
    }
}
