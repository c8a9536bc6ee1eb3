package io.github.selfsup4j.plugins.transforms;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.data.Sample;
import io.github.selfsup4j.data.Transform;
import io.github.selfsup4j.imaging.Pictures;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;

/**
 * Takes the colour out of a picture, or not; it keeps its number of channels (torchvision's {@code RandomGrayscale}).
 */
@Component("RandomGrayscale")
public final class RandomGrayscale implements Transform {

    /** Keys of {@code RandomGrayscale}. */
    public static final class Config implements Validated {
        /** Probability of losing colour. */
        public double p = 0.1;

        @Override
        public void validate(Checks checks) {
            checks.require(p >= 0 && p <= 1, "p", "a probability in [0, 1]");
        }
    }

    private final double probability;

    @Inject
    RandomGrayscale(Config config) {
        this.probability = config.p;
    }

    @Override
    public void apply(Sample sample, RandomStream random) {
        if (random.uniform(0, 1) < probability) {
            sample.mapImages(image ->
                    image.channels() == 1 ? image : Pictures.toGrey(image).toRgb());
        }
    }
}
