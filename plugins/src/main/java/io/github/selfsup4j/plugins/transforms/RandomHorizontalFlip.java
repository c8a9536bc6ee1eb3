package io.github.selfsup4j.plugins.transforms;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.data.Picture;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.data.Sample;
import io.github.selfsup4j.data.Transform;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;

/** Exchanges left and right, or not (torchvision's {@code RandomHorizontalFlip}). */
@Component("RandomHorizontalFlip")
public final class RandomHorizontalFlip implements Transform {

    /** Keys of {@code RandomHorizontalFlip}. */
    public static final class Config implements Validated {
        /** Probability of a flip. */
        public double p = 0.5;

        @Override
        public void validate(Checks checks) {
            checks.require(p >= 0 && p <= 1, "p", "a probability in [0, 1]");
        }
    }

    private final double probability;

    @Inject
    RandomHorizontalFlip(Config config) {
        this.probability = config.p;
    }

    @Override
    public void apply(Sample sample, RandomStream random) {
        if (random.uniform(0, 1) < probability) {
            sample.mapPictures(Picture::flipped);
        }
    }
}
