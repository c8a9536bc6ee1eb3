package io.github.selfsup4j.plugins.transforms;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.data.Sample;
import io.github.selfsup4j.data.Transform;
import io.github.selfsup4j.imaging.Levels;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;

/** Inverts the values from a threshold on, or not (BYOL, appendix B; the reference's {@code Solarization}). */
@Component("Solarization")
public final class Solarization implements Transform {

    /** Keys of {@code Solarization}. */
    public static final class Config implements Validated {
        /** Values below it stay as they are. */
        public double threshold = 128;
        /** Probability of solarization. */
        public double p = 0.5;

        @Override
        public void validate(Checks checks) {
            checks.require(p >= 0 && p <= 1, "p", "a probability in [0, 1]");
        }
    }

    private final Config config;

    @Inject
    Solarization(Config config) {
        this.config = config;
    }

    @Override
    public void apply(Sample sample, RandomStream random) {
        if (random.uniform(0, 1) < config.p) {
            sample.mapImages(image -> Levels.solarize(image, config.threshold));
        }
    }
}
