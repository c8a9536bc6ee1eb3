package io.github.selfsup4j.plugins.transforms;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.data.Sample;
import io.github.selfsup4j.data.Transform;
import io.github.selfsup4j.imaging.Pictures;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;

/** Takes the colour out of a picture (torchvision's {@code Grayscale}). */
@Component("Grayscale")
public final class Grayscale implements Transform {

    /** Keys of {@code Grayscale}. */
    public static final class Config implements Validated {
        /** 1, or 3 for three equal channels. */
        public int numOutputChannels = 1;

        @Override
        public void validate(Checks checks) {
            checks.require(numOutputChannels == 1 || numOutputChannels == 3, "numOutputChannels", "1 or 3");
        }
    }

    private final boolean repeat;

    @Inject
    Grayscale(Config config) {
        this.repeat = config.numOutputChannels == 3;
    }

    @Override
    public void apply(Sample sample, RandomStream random) {
        sample.mapImages(image -> repeat ? Pictures.toGrey(image).toRgb() : Pictures.toGrey(image));
    }
}
