package io.github.selfsup4j.plugins.transforms;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Required;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.data.Sample;
import io.github.selfsup4j.data.Transform;
import io.github.selfsup4j.imaging.Padding;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;

/** Puts a frame around a picture (torchvision's {@code Pad}). */
@Component("Pad")
public final class Pad implements Transform {

    /** Keys of {@code Pad}. */
    public static final class Config implements Validated {
        /** Pixels on all sides, [left and right, top and bottom], or [left, top, right, bottom]. */
        @Required
        public Padding padding;
        /** Value of a constant frame, 0 (black) to 255. */
        public int fill = 0;
        /** What the frame shows. */
        public Padding.Mode paddingMode = Padding.Mode.CONSTANT;

        @Override
        public void validate(Checks checks) {
            checks.require(fill >= 0 && fill <= 255, "fill", "a value from 0 to 255");
        }
    }

    private final Config config;

    @Inject
    Pad(Config config) {
        this.config = config;
    }

    @Override
    public void apply(Sample sample, RandomStream random) {
        sample.mapImages(image -> config.padding.apply(image, config.paddingMode, config.fill));
    }
}
