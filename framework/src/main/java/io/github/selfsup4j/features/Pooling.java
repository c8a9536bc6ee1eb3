package io.github.selfsup4j.features;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.Comparator;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * How one vector comes out of what a backbone gives for an image: tokens {@code [batch, tokens, dim]} with the class
 * token first, maps {@code [batch, channels, height, width]}, or vectors {@code [batch, dim]}, which stay as they are.
 */
public enum Pooling {
    /** The mean of all tokens but the class token, or of a map's positions. */
    PATCH_TOKENS {
        @Override
        NDArray ofTokens(NDArray tokens) {
            return tokens.get(":, 1:").mean(new int[] {1});
        }

        @Override
        NDArray ofMap(NDArray positions) {
            return positions.mean(new int[] {2});
        }
    },
    /** The class token; of a map, which has none, the mean of its positions. */
    CLASS_TOKEN {
        @Override
        NDArray ofTokens(NDArray tokens) {
            return tokens.get(":, 0");
        }

        @Override
        NDArray ofMap(NDArray positions) {
            return positions.mean(new int[] {2});
        }
    },
    /** The greatest value of each feature among all tokens but the class token, or among a map's positions. */
    MAX {
        @Override
        NDArray ofTokens(NDArray tokens) {
            return tokens.get(":, 1:").max(new int[] {1});
        }

        @Override
        NDArray ofMap(NDArray positions) {
            return positions.max(new int[] {2});
        }
    },
    /** Everything there is, one value after the other. */
    NONE {
        @Override
        NDArray ofTokens(NDArray tokens) {
            return tokens.flatten(1, 2);
        }

        @Override
        NDArray ofMap(NDArray positions) {
            return positions.flatten(1, 2);
        }
    };

    private static final int MAP = 4;
    private static final int TOKENS = 3;
    private static final int VECTORS = 2;

    /** @param tokens {@code [batch, tokens, dim]} */
    abstract NDArray ofTokens(NDArray tokens);

    /** @param positions {@code [batch, channels, height * width]} */
    abstract NDArray ofMap(NDArray positions);

    /**
     * One vector for each image, {@code [batch, dim]}, a new array or the given one.
     *
     * @param outputs of a backbone: of several the last is taken, but the class token only where it is asked for
     */
    public NDArray apply(NDList outputs) {
        ToIntFunction<NDArray> dimensions = array -> array.getShape().dimension();
        boolean vectorsToo =
                this == CLASS_TOKEN || outputs.stream().allMatch(array -> dimensions.applyAsInt(array) == VECTORS);
        return apply(outputs.get(IntStream.range(0, outputs.size())
                .filter(i -> vectorsToo || dimensions.applyAsInt(outputs.get(i)) != VECTORS)
                .boxed()
                .max(Comparator.naturalOrder())
                .orElseThrow()));
    }

    /** As {@link #apply(NDList)}, of one output. */
    public NDArray apply(NDArray output) {
        return switch (output.getShape().dimension()) {
            case VECTORS -> output;
            case TOKENS -> ofTokens(output);
            case MAP -> ofMap(output.flatten(2, 3));
            default ->
                throw new IllegalArgumentException("can't make vectors of features of shape " + output.getShape());
        };
    }
}
