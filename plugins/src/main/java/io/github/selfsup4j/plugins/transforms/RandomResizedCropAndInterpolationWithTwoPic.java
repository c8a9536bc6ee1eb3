package io.github.selfsup4j.plugins.transforms;

import io.github.selfsup4j.config.Required;
import io.github.selfsup4j.data.Picture;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.data.Sample;
import io.github.selfsup4j.data.Size;
import io.github.selfsup4j.data.Transform;
import io.github.selfsup4j.imaging.Interpolation;
import io.github.selfsup4j.imaging.Resampler;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;

/**
 * A random crop in two sizes: {@code img} for the encoder and {@code img_target} for the tokenizer (BEiT; the
 * reference's class of this name).
 */
@Component("RandomResizedCropAndInterpolationWithTwoPic")
public final class RandomResizedCropAndInterpolationWithTwoPic implements Transform {

    /** Keys of {@code RandomResizedCropAndInterpolationWithTwoPic}. */
    public static final class Config {
        /** Size of the first image: a number, or [height, width]. */
        @Required
        public Size size;
        /** Size of the second image; null for none. */
        public Size secondSize = null;
        /** Area of the crop, as a fraction of the picture's: [low, high]. */
        public Range scale = new Range(0.08, 1);
        /** Width of the crop divided by its height: [low, high]. */
        public Range ratio = new Range(3. / 4, 4. / 3);
        /** How to resize to the first size; {@code random} is bilinear or bicubic. */
        public RandomInterpolation interpolation = RandomInterpolation.always(Interpolation.BILINEAR);
        /** How to resize to the second size. */
        public Interpolation secondInterpolation = Interpolation.LANCZOS;
    }

    private final Config config;
    private final RandomCropBox box;

    @Inject
    RandomResizedCropAndInterpolationWithTwoPic(Config config) {
        this.config = config;
        this.box = new RandomCropBox(config.scale, config.ratio);
    }

    @Override
    public void apply(Sample sample, RandomStream random) {
        Picture picture = sample.picture("img");
        Resampler crop = new Resampler(picture, box.draw(picture, random));
        Interpolation interpolation = config.interpolation.choose(random);
        sample.put("img", crop.resize(config.size.height(), config.size.width(), interpolation));
        if (config.secondSize != null) {
            sample.put(
                    "img_target",
                    crop.resize(config.secondSize.height(), config.secondSize.width(), config.secondInterpolation));
        }
    }
}
