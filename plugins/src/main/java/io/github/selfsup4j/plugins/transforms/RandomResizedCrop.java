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

/** A random crop, resized (torchvision's {@code RandomResizedCrop}). */
@Component("RandomResizedCrop")
public final class RandomResizedCrop implements Transform {

    /** Keys of {@code RandomResizedCrop}. */
    public static final class Config {
        /** Size of the result: a number, or [height, width]. */
        @Required
        public Size size;
        /** Area of the crop, as a fraction of the picture's: [low, high]. */
        public Range scale = new Range(0.08, 1);
        /** Width of the crop divided by its height: [low, high]. */
        public Range ratio = new Range(3. / 4, 4. / 3);
        /** How to resize: a name, or Pillow's number. */
        public Interpolation interpolation = Interpolation.BILINEAR;
    }

    private final Size size;
    private final RandomCropBox box;
    private final Interpolation interpolation;

    @Inject
    RandomResizedCrop(Config config) {
        size = config.size;
        box = new RandomCropBox(config.scale, config.ratio);
        interpolation = config.interpolation;
    }

    @Override
    public void apply(Sample sample, RandomStream random) {
        sample.mapPictures(picture ->
                new Resampler(picture, box.draw(picture, random)).resize(size.height(), size.width(), interpolation));
    }
}
