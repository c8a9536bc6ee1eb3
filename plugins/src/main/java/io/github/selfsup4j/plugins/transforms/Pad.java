package io.github.selfsup4j.plugins.transforms;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.data.Sample;
import io.github.selfsup4j.data.Transform;
import io.github.selfsup4j.registry.Component;

import jakarta.inject.Inject;

import java.util.Arrays;

/** Puts a border of one value around pictures (torchvision's {@code Pad}, constant mode). */
@Component("Pad")
public final class Pad implements Transform {

    /** Keys of {@code Pad}. */
    public static final class Config implements Validated {
        /** Width of the border on each side, in pixels. */
        public int padding = 0;
        /** Its value, 0 to 255. */
        public int fill = 0;

        @Override
        public void validate(Checks checks) {
            checks.require(padding >= 0, "padding", "0 or more");
            checks.require(fill >= 0 && fill <= 255, "fill", "a number from 0 to 255");
        }
    }

    private final int padding;
    private final byte fill;

    @Inject
    Pad(Config config) {
        padding = config.padding;
        fill = (byte) config.fill;
    }

    @Override
    public void apply(Sample sample, RandomStream random) {
        sample.mapImages(this::pad);
    }

    private Image8 pad(Image8 image) {
        int height = image.height() + 2 * padding;
        int width = image.width() + 2 * padding;
        byte[] padded = new byte[height * width * image.channels()];
        Arrays.fill(padded, fill);
        int line = image.width() * image.channels();
        for (int row = 0; row < image.height(); row++) {
            System.arraycopy(image.pixels(), row * line, padded, ((row + padding) * width + padding) * image.channels(), line);
        }
        return new Image8(height, width, image.channels(), padded);
    }
}
