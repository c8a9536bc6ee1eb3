package io.github.selfsup4j.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.github.selfsup4j.data.Size;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.registry.Kind;
import java.util.List;
import java.util.Optional;

/** Turns images into features. */
@Kind("backbone")
public interface Backbone extends Network {
    /** What a backbone's config says before it is built, for checks across a config. */
    interface Settings {
        /** Number of channels of each array that {@link #features} gives. */
        List<Integer> featureChannels();

        /** The size that images must have; empty if any will do. */
        default Optional<Size> imageSize() {
            return Optional.empty();
        }

        /** Number of channels of an image. */
        default int imageChannels() {
            return 3;
        }
    }

    /**
     * The features of whole images, as {@code extract_feat} of the reference returns them: one array a stage
     * ({@code [batch, channels, height, width]}), or tokens ({@code [batch, tokens, dim]}).
     *
     * @param images {@code [batch, 3, height, width]}, normalised
     */
    NDList features(NDArray images, Pass pass);

    /**
     * The number of the stage or layer that each array of {@link #features} comes from, {@code out_indices} of the
     * reference.
     */
    default List<Integer> outIndices() {
        return List.of(0);
    }
}
