package io.github.selfsup4j.plugins.transforms;

import io.github.selfsup4j.config.Required;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.data.Sample;
import io.github.selfsup4j.data.Size;
import io.github.selfsup4j.data.Transform;
import io.github.selfsup4j.imaging.Interpolation;
import io.github.selfsup4j.imaging.Resampler;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;

/** Resizes pictures (torchvision's {@code Resize}). */
@Component("Resize")
public final class Resize implements Transform {

    /** Keys of {@code Resize}. */
    public static final class Config {
        /** Length of the shorter side, which keeps the proportions, or [height, width]. */
        @Required
        public TargetSize size;
        /** How to resize: a name, or Pillow's number. */
        public Interpolation interpolation = Interpolation.BILINEAR;
    }

    private final TargetSize target;
    private final Interpolation interpolation;

    @Inject
    Resize(Config config) {
        this.target = config.size;
        this.interpolation = config.interpolation;
    }

    @Override
    public void apply(Sample sample, RandomStream random) {
        sample.mapImages(image -> {
            Size size = target.of(image);
            return Resampler.resize(image, size.height(), size.width(), interpolation);
        });
    }
}
