package io.github.selfsup4j.plugins.transforms;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Required;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.data.ChannelScaling;
import io.github.selfsup4j.data.FloatArray;
import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.data.Sample;
import io.github.selfsup4j.data.Size;
import io.github.selfsup4j.data.Transform;
import io.github.selfsup4j.imaging.Interpolation;
import io.github.selfsup4j.imaging.Resampler;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The whole pipeline of fine-tuning in one transform: a random crop, a flip, RandAugment or else other colours, a
 * normalised tensor, erased rectangles (the reference's {@code RandomAug}, which is timm's {@code create_transform} for
 * training).
 */
@Component("RandomAug")
public final class RandomAug implements Transform {
    private static final RandomCropBox CROP = new RandomCropBox(new Range(0.08, 1), new Range(3. / 4, 4. / 3));
    private static final Set<Interpolation> FOR_MOVES =
            Set.of(Interpolation.NEAREST, Interpolation.BILINEAR, Interpolation.BICUBIC);

    /** Keys of {@code RandomAug}. */
    public static final class Config implements Validated, ChannelScaling {
        /** Size of the result: a number, or [height, width]. */
        @Required
        public Size inputSize;
        /**
         * How much colours vary if there is no {@code auto_augment}: a number, or [brightness, contrast, saturation,
         * hue].
         */
        public JitterStrengths colorJitter = null;
        /** RandAugment, such as {@code rand-m9-mstd0.5-inc1}; null for none. */
        public RandAugment autoAugment = null;
        /** How pictures are resized and moved; {@code random} is bilinear or bicubic. */
        @Required
        public RandomInterpolation interpolation;
        /** Probability of erasing. */
        public double reProb = 0;
        /**
         * What is where a rectangle was erased: {@code const} is 0, {@code rand} one random colour, {@code pixel}
         * random values.
         */
        public RandomErasing.Mode reMode = RandomErasing.Mode.CONST;
        /** How many rectangles are erased at most. */
        public int reCount = 1;
        /** Mean of each channel, of values in [0, 1]; it also fills what a moved picture leaves. */
        @Required
        public float[] mean;
        /** Standard deviation of each channel. */
        @Required
        public float[] std;

        @Override
        public void validate(Checks checks) {
            checks.require(reProb >= 0 && reProb <= 1, "reProb", "a probability in [0, 1]");
            checks.require(reCount > 0, "reCount", "1 or more");
            checks.require(IntStream.range(0, std.length).allMatch(i -> std[i] > 0), "std", "positive numbers");
            checks.require(std.length == mean.length, "std", "as many numbers as mean (" + mean.length + ")");
            checks.require(
                    autoAugment == null || FOR_MOVES.containsAll(interpolation.choices()),
                    "interpolation",
                    "nearest, bilinear, bicubic or random: auto_augment moves pictures, and knows no other");
        }

        @Override
        public float[] mean() {
            return mean;
        }

        @Override
        public float[] std() {
            return std;
        }
    }

    private final Config config;
    private final RandomHorizontalFlip flip = new RandomHorizontalFlip(new RandomHorizontalFlip.Config());
    private final ColorJitter colours;
    private final int[] fill;
    private final ToTensor toTensor = new ToTensor();
    private final Normalize normalize;
    private final RandomErasing erasing;

    @Inject
    RandomAug(Config config) {
        this.config = config;
        colours = config.colorJitter == null || config.autoAugment != null ? null : config.colorJitter.transform();
        fill = IntStream.range(0, config.mean.length)
                .map(i -> (int) Math.max(0, Math.min(255, Math.rint(255.0 * config.mean[i]))))
                .toArray();
        Normalize.Config scaling = new Normalize.Config();
        scaling.mean = config.mean;
        scaling.std = config.std;
        normalize = new Normalize(scaling);
        erasing = new RandomErasing(config.reProb, config.reMode, config.reCount);
    }

    /** @throws IllegalArgumentException if a picture has another number of channels than {@code mean} */
    @Override
    public void apply(Sample sample, RandomStream random) {
        sample.mapImages(image -> cropped(image, random));
        flip.apply(sample, random);
        if (config.autoAugment != null) {
            sample.mapImages(image -> config.autoAugment.apply(image, random, config.interpolation, fill));
        } else if (colours != null) {
            colours.apply(sample, random);
        }
        toTensor.apply(sample, random);
        normalize.apply(sample, random);
        if (config.reProb > 0) {
            sample.mapValues(value -> value instanceof FloatArray image ? erasing.apply(image, random) : value);
        }
    }

    private Image8 cropped(Image8 image, RandomStream random) {
        if (image.channels() != config.mean.length) {
            throw new IllegalArgumentException(
                    "RandomAug has " + config.mean.length + " means for an image of " + image.channels() + " channels");
        }
        Resampler crop = new Resampler(image, CROP.draw(image, random));
        return crop.resize(config.inputSize.height(), config.inputSize.width(), config.interpolation.choose(random));
    }
}
