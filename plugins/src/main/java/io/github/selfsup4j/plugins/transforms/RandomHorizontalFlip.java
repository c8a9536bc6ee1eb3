package io.github.selfsup4j.plugins.transforms;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.data.Sample;
import io.github.selfsup4j.data.Transform;
import io.github.selfsup4j.registry.Component;

import jakarta.inject.Inject;

/** Mirrors pictures left to right, with a probability (torchvision's {@code RandomHorizontalFlip}). */
@Component("RandomHorizontalFlip")
public final class RandomHorizontalFlip implements Transform {

    /** Keys of {@code RandomHorizontalFlip}. */
    public static final class Config implements Validated {
        /** The probability. */
        public double p = 0.5;

        @Override
        public void validate(Checks checks) {
            checks.require(p >= 0 && p <= 1, "p", "a probability in [0, 1]");
        }
    }

    private final double probability;

    @Inject
    RandomHorizontalFlip(Config config) {
        probability = config.p;
    }

    @Override
    public void apply(Sample sample, RandomStream random) {
        if (random.uniform(0, 1) < probability) {
            sample.mapImages(RandomHorizontalFlip::mirror);
        }
    }

    private static Image8 mirror(Image8 image) {
        int channels = image.channels();
        byte[] from = image.pixels();
        byte[] to = new byte[from.length];
        for (int row = 0, start = 0; row < image.height(); row++, start += image.width() * channels) {
            for (int column = 0; column < image.width(); column++) {
                System.arraycopy(from, start + column * channels, to, start + (image.width() - 1 - column) * channels, channels);
            }
        }
        return new Image8(image.height(), image.width(), channels, to);
    }
}
