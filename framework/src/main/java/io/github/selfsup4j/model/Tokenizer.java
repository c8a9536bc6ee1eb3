package io.github.selfsup4j.model;

import ai.djl.ndarray.NDArray;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.registry.Kind;

/**
 * Turns an image into one discrete token a patch: the target of masked token prediction. Never trained by gradients.
 */
@Kind("tokenizer")
public interface Tokenizer extends Network {
    /**
     * The tokens of some patches.
     *
     * @param images {@code [batch, 3, height, width]} in [0, 1], the size that the tokenizer wants
     * @param masked int64 {@code [batch, n]}: the wanted patches, by index in row-major order
     * @return int64 {@code [batch, n]} in [0, {@link #vocabulary()})
     */
    NDArray tokenize(NDArray images, NDArray masked, Pass pass);

    /** Number of different tokens. */
    int vocabulary();

    /** What a tokenizer's config says before it is built, for checks across a config. */
    interface Settings {
        /** Number of different tokens. */
        int vocabulary();
    }
}
