package io.github.selfsup4j.plugins.transforms;

import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.plugins.imaging.Box;

/**
 * Draws the crop of the Inception networks: a random part of the picture's area in a random aspect ratio
 * (torchvision's {@code RandomResizedCrop.get_params}).
 *
 * @param scale area of the crop, as a fraction of the picture's
 * @param ratio width of the crop divided by its height
 */
record RandomCropBox(Range scale, Range ratio) {
    private static final int ATTEMPTS = 10;

    /** Draws a crop; the largest one in the middle if ten in a row do not fit. */
    Box draw(Image8 image, RandomStream random) {
        double area = (double) image.height() * image.width();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            double targetArea = scale.uniform(random) * area;
            double aspect = ratio.logUniform(random);
            int width = (int) Math.rint(Math.sqrt(targetArea * aspect));
            int height = (int) Math.rint(Math.sqrt(targetArea / aspect));
            if (width > 0 && height > 0 && width <= image.width() && height <= image.height()) {
                int top = random.randint(0, image.height() - height);
                int left = random.randint(0, image.width() - width);
                return new Box(top, left, height, width);
            }
        }
        return central(image);
    }

    private Box central(Image8 image) {
        double aspect = (double) image.width() / image.height();
        int height = aspect < ratio.low() ? (int) Math.rint(image.width() / ratio.low()) : image.height();
        int width = aspect > ratio.high() ? (int) Math.rint(image.height() * ratio.high()) : image.width();
        return new Box((image.height() - height) / 2, (image.width() - width) / 2, height, width);
    }
}
