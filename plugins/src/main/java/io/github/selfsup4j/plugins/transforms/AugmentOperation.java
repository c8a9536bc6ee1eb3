package io.github.selfsup4j.plugins.transforms;

import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.imaging.Affine;
import io.github.selfsup4j.imaging.Enhance;
import io.github.selfsup4j.imaging.Levels;
import java.util.function.BiFunction;

/**
 * What RandAugment does to a picture, and how much of it: timm's operations and their ranges. A strength of 1 is timm's
 * magnitude 10.
 */
enum AugmentOperation {
    /** Nothing to choose. */
    AUTO_CONTRAST(0.025, (image, how) -> Levels.autocontrast(image)),
    /** Nothing to choose. */
    EQUALIZE(0.005, (image, how) -> Levels.equalize(image)),
    /** Nothing to choose. */
    INVERT(0, (image, how) -> Levels.invert(image)),
    /** Up to 30 degrees to either side. */
    ROTATE(0.3, (image, how) -> how.moved(image, Affine.rotation(how.eitherWay(30), image))),
    /** Down from 4 bits to 0; if it does not increase, up. */
    POSTERIZE(0, (image, how) -> Levels.posterize(image, how.increasing ? 4 - how.whole(4) : how.whole(4))),
    /** From a threshold on that falls from 256 to 0; if it does not increase, rises. */
    SOLARIZE(0.005, (image, how) -> Levels.solarize(image, how.increasing ? 256 - how.whole(256) : how.whole(256))),
    /** Adds up to 110 to the darker half of the values. */
    SOLARIZE_ADD(0.005, (image, how) -> Levels.solarizeAdd(image, how.whole(110), 128)),
    /** Saturation by a factor between 0.1 and 1.9. */
    COLOR(0.025, (image, how) -> Enhance.saturation(image, how.factor())),
    /** Contrast by a factor between 0.1 and 1.9. */
    CONTRAST(0.005, (image, how) -> Enhance.contrast(image, how.factor())),
    /** Brightness by a factor between 0.1 and 1.9. */
    BRIGHTNESS(0.005, (image, how) -> Enhance.brightness(image, how.factor())),
    /** Sharpness by a factor between 0.1 and 1.9. */
    SHARPNESS(0.025, (image, how) -> Enhance.sharpness(image, how.factor())),
    /** By up to 0.3 pixels a row, to either side. */
    SHEAR_X(0.2, (image, how) -> how.moved(image, Affine.shearX(how.eitherWay(0.3)))),
    /** By up to 0.3 pixels a column, up or down. */
    SHEAR_Y(0.2, (image, how) -> how.moved(image, Affine.shearY(how.eitherWay(0.3)))),
    /** By up to 0.45 of the width, to either side. */
    TRANSLATE_X(0.1, (image, how) -> how.moved(image, Affine.translation(how.eitherWay(0.45) * image.width(), 0))),
    /** By up to 0.45 of the height, up or down. */
    TRANSLATE_Y(0.1, (image, how) -> how.moved(image, Affine.translation(0, how.eitherWay(0.45) * image.height())));

    private final double weight;
    private final BiFunction<Image8, How, Image8> change;

    AugmentOperation(double weight, BiFunction<Image8, How, Image8> change) {
        this.weight = weight;
        this.change = change;
    }

    /** How likely the operation is, in timm's first set of weights. */
    double weight() {
        return weight;
    }

    /** Changes a picture. */
    Image8 apply(Image8 image, How how) {
        return change.apply(image, how);
    }

    /**
     * How an operation is done.
     *
     * @param strength 0 or more; 1 is the end of the ranges above
     * @param increasing whether a larger strength always means a larger change
     * @param random where directions and interpolations are drawn from
     * @param interpolation how a picture is moved
     * @param fill a value for each channel, where a moved picture is not
     */
    record How(
            double strength, boolean increasing, RandomStream random, RandomInterpolation interpolation, int[] fill) {

        private int whole(int most) {
            return (int) (strength * most);
        }

        private double eitherWay(double most) {
            return random.uniform(0, 1) > 0.5 ? -strength * most : strength * most;
        }

        private double factor() {
            return increasing ? Math.max(0.1, 1 + eitherWay(0.9)) : strength * 1.8 + 0.1;
        }

        private Image8 moved(Image8 image, Affine move) {
            return move.apply(image, interpolation.choose(random), fill);
        }
    }
}
