package io.github.selfsup4j.plugins.transforms;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.data.Sample;
import io.github.selfsup4j.data.Transform;
import io.github.selfsup4j.imaging.Enhance;
import io.github.selfsup4j.imaging.Hue;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.UnaryOperator;

/** Varies brightness, contrast, saturation and hue, in a random order (torchvision's {@code ColorJitter}). */
@Component("ColorJitter")
public final class ColorJitter implements Transform {
    private static final double SAME = 1;

    /** Keys of {@code ColorJitter}. */
    public static final class Config implements Validated {
        /** Largest distance of the factor from 1, or [low, high]. */
        public Jitter brightness = Jitter.NONE;
        /** Largest distance of the factor from 1, or [low, high]. */
        public Jitter contrast = Jitter.NONE;
        /** Largest distance of the factor from 1, or [low, high]. */
        public Jitter saturation = Jitter.NONE;
        /** Largest turn of the colour wheel to either side, up to 0.5, or [low, high] in [-0.5, 0.5]. */
        public Jitter hue = Jitter.NONE;

        @Override
        public void validate(Checks checks) {
            checks.require(isFactor(brightness), "brightness", "factors of 0 or more");
            checks.require(isFactor(contrast), "contrast", "factors of 0 or more");
            checks.require(isFactor(saturation), "saturation", "factors of 0 or more");
            checks.require(hue.low(0) >= -0.5 && hue.high(0) <= 0.5, "hue", "at most 0.5, or a range in [-0.5, 0.5]");
        }

        private static boolean isFactor(Jitter jitter) {
            return jitter.numbers().get(0) >= 0;
        }
    }

    private final Config config;

    @Inject
    ColorJitter(Config config) {
        this.config = config;
    }

    @Override
    public void apply(Sample sample, RandomStream random) {
        int[] order = random.permutation(4);
        double brightness = factor(config.brightness, random);
        double contrast = factor(config.contrast, random);
        double saturation = factor(config.saturation, random);
        double hue = draw(config.hue.low(0), config.hue.high(0), random);
        List<UnaryOperator<Image8>> changes = List.of(
                image -> brightness == SAME ? image : Enhance.brightness(image, brightness),
                image -> contrast == SAME ? image : Enhance.contrast(image, contrast),
                image -> saturation == SAME ? image : Enhance.saturation(image, saturation),
                image -> hue == 0 && isOff(config.hue) ? image : Hue.turn(image, hue));
        for (int change : order) {
            sample.mapImages(changes.get(change));
        }
    }

    private static double factor(Jitter jitter, RandomStream random) {
        return draw(Math.max(0, jitter.low(SAME)), jitter.high(SAME), random);
    }

    private static double draw(double low, double high, RandomStream random) {
        return low == high ? low : random.uniform(low, high);
    }

    /** Turning by nothing is not nothing: it rounds colours. */
    private static boolean isOff(Jitter hue) {
        return hue.low(0) == 0 && hue.high(0) == 0;
    }
}
