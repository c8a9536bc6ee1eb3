package io.github.selfsup4j.tools.pretrain;

import java.util.Locale;

/** The size of a backbone and of its images. */
public enum ModelSize {
    /** Six layers of 192 features, or a ResNet-18, on images of 64 x 64: for processors without GPU. */
    TINY(192, 6, 3, 64, 8, 18, 64),
    /** ViT-S/16 or ResNet-18 on images of 224 x 224. */
    SMALL(384, 12, 6, 224, 16, 18, 160),
    /** ViT-B/16 or ResNet-50 on images of 224 x 224. */
    BASE(768, 12, 12, 224, 16, 50, 400);

    private static final int BOTTLENECK = 50;

    private final int dim;
    private final int layers;
    private final int heads;
    private final int side;
    private final int patch;
    private final int depth;
    private final int megabytes;

    /**
     * @param dim features of a transformer
     * @param side of an image in pixels
     * @param patch side of a patch in pixels
     * @param depth of a ResNet
     * @param megabytes at most needed for an image of a batch in a training step
     */
    ModelSize(int dim, int layers, int heads, int side, int patch, int depth, int megabytes) {
        this.dim = dim;
        this.layers = layers;
        this.heads = heads;
        this.side = side;
        this.patch = patch;
        this.depth = depth;
        this.megabytes = megabytes;
    }

    /** The size as the command line and files have it. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    int dim() {
        return dim;
    }

    int layers() {
        return layers;
    }

    int heads() {
        return heads;
    }

    int side() {
        return side;
    }

    int patch() {
        return patch;
    }

    /** Patches down and across. */
    int grid() {
        return side / patch;
    }

    /** Depth of a ResNet. */
    int depth() {
        return depth;
    }

    /** Channels that a ResNet of this depth gives. */
    int channels() {
        return depth < BOTTLENECK ? 512 : 2048;
    }

    int megabytes() {
        return megabytes;
    }
}
