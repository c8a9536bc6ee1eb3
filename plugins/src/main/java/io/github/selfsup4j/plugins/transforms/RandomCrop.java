package io.github.selfsup4j.plugins.transforms;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Required;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.data.Sample;
import io.github.selfsup4j.data.Size;
import io.github.selfsup4j.data.Transform;
import io.github.selfsup4j.imaging.Padding;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;

/** A part of a picture at a random place, of the same size always (torchvision's {@code RandomCrop}). */
@Component("RandomCrop")
public final class RandomCrop implements Transform {

    /** Keys of {@code RandomCrop}. */
    public static final class Config implements Validated {
        /** Size of the result: a number, or [height, width]. */
        @Required
        public Size size;
        /**
         * Frame that the picture gets first; null for none. Pixels on all sides, [left and right, top and bottom], or
         * [left, top, right, bottom].
         */
        public Padding padding = null;
        /** Whether a picture smaller than {@code size} gets a frame; otherwise it is an error. */
        public boolean padIfNeeded = false;
        /** Value of a constant frame, 0 (black) to 255. */
        public int fill = 0;
        /** What a frame shows. */
        public Padding.Mode paddingMode = Padding.Mode.CONSTANT;

        @Override
        public void validate(Checks checks) {
            checks.require(fill >= 0 && fill <= 255, "fill", "a value from 0 to 255");
        }
    }

    private final Config config;

    @Inject
    RandomCrop(Config config) {
        this.config = config;
    }

    @Override
    public void apply(Sample sample, RandomStream random) {
        sample.mapImages(image -> cropped(widened(framed(image)), random));
    }

    private Image8 framed(Image8 image) {
        return config.padding == null ? image : config.padding.apply(image, config.paddingMode, config.fill);
    }

    /** The reference puts all that is missing on both sides. */
    private Image8 widened(Image8 image) {
        int columns = config.padIfNeeded ? Math.max(0, config.size.width() - image.width()) : 0;
        int rows = config.padIfNeeded ? Math.max(0, config.size.height() - image.height()) : 0;
        Padding frame = new Padding(columns, rows, columns, rows);
        return frame.isNone() ? image : frame.apply(image, config.paddingMode, config.fill);
    }

    private Image8 cropped(Image8 image, RandomStream random) {
        int height = config.size.height();
        int width = config.size.width();
        if (image.height() < height || image.width() < width) {
            throw new IllegalArgumentException(
                    "a picture of " + image.height() + " x " + image.width() + " is smaller than RandomCrop's size "
                            + config.size + "; resize it first, or set pad_if_needed: true");
        }
        if (image.height() == height && image.width() == width) {
            return image;
        }
        int top = random.randint(0, image.height() - height);
        return image.crop(top, random.randint(0, image.width() - width), height, width);
    }
}
