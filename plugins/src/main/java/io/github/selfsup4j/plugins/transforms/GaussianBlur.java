package io.github.selfsup4j.plugins.transforms;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Required;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.data.Sample;
import io.github.selfsup4j.data.Transform;
import io.github.selfsup4j.imaging.GaussianFilter;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;

/** Blurs a picture, or not (the reference's {@code GaussianBlur}, with Pillow's filter). */
@Component("GaussianBlur")
public final class GaussianBlur implements Transform {

    /** Keys of {@code GaussianBlur}. */
    public static final class Config implements Validated {
        /** Smallest standard deviation in pixels. */
        @Required
        public double sigmaMin;
        /** Largest standard deviation in pixels. */
        @Required
        public double sigmaMax;
        /** Probability of a blur. */
        public double p = 0.5;

        @Override
        public void validate(Checks checks) {
            checks.require(sigmaMin >= 0, "sigmaMin", "0 or more");
            checks.require(
                    sigmaMax >= sigmaMin && sigmaMax < Double.POSITIVE_INFINITY,
                    "sigmaMax",
                    "a number not below sigma_min " + sigmaMin);
            checks.require(p >= 0 && p <= 1, "p", "a probability in [0, 1]");
        }
    }

    private final Config config;

    @Inject
    GaussianBlur(Config config) {
        this.config = config;
    }

    @Override
    public void apply(Sample sample, RandomStream random) {
        if (random.uniform(0, 1) < config.p) {
            GaussianFilter filter = new GaussianFilter(random.uniform(config.sigmaMin, config.sigmaMax));
            sample.mapImages(filter::apply);
        }
    }
}
