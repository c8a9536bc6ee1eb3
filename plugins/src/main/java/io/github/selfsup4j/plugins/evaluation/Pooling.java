package io.github.selfsup4j.plugins.evaluation;

import ai.djl.ndarray.NDArray;

/** How one vector comes out of what a backbone gives for an image. Maps are averaged over their positions, vectors stay, whichever it is. */
public enum Pooling {
    /** The mean of all tokens but the class token, which is the first. */
    PATCH_TOKENS {
        @Override
        NDArray ofTokens(NDArray tokens) {
            return tokens.get(":, 1:").mean(new int[] {1});
        }
    },
    /** The class token, which is the first. */
    CLASS_TOKEN {
        @Override
        NDArray ofTokens(NDArray tokens) {
            return tokens.get(":, 0");
        }
    };

    abstract NDArray ofTokens(NDArray tokens);

    /**
     * One vector for each image, {@code [batch, dim]}.
     *
     * @param features {@code [batch, tokens, dim]}, {@code [batch, channels, height, width]} or {@code [batch, dim]}
     */
    NDArray apply(NDArray features) {
        return switch (features.getShape().dimension()) {
            case 2 -> features;
            case 3 -> ofTokens(features);
            case 4 -> features.flatten(2, 3).mean(new int[] {2});
            default -> throw new IllegalArgumentException("can't make vectors of features of shape " + features.getShape());
        };
    }
}
