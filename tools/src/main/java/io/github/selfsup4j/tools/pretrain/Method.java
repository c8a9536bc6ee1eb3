package io.github.selfsup4j.tools.pretrain;

import java.util.Locale;

/** A way to pretrain. */
public enum Method {
    /** Context Autoencoder; its tokens are clusters of patches. */
    CAE,
    /** Masked Autoencoder. */
    MAE,
    /** Bootstrap Your Own Latent. */
    BYOL;

    /** The method as the command line and files have it. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Learning rate for every 256 images of a batch: the reference's for {@link ModelSize#BASE}, more for smaller
     * networks.
     */
    double baseLearningRate(ModelSize size) {
        if (this == BYOL) {
            return 0.12;
        }
        return switch (size) {
            case TINY -> 2e-3;
            case SMALL -> 5e-4;
            case BASE -> 1.5e-4;
        };
    }
}
