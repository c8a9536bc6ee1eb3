package io.github.selfsup4j.plugins.transforms;

import io.github.selfsup4j.data.Picture;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.imaging.Box;

/**
 * Draws the crop of the Inception networks: a random part of the picture's area in a random aspect ratio (torchvision's
 * {@code RandomResizedCrop.get_params}).
 *
 * @param scale area of the crop, as a fraction of the picture's
 * @param ratio width of the crop divided by its height
 */
record RandomCropBox(Range scale, Range ratio) {
    private static final int ATTEMPTS = 10;

    /** Draws a crop; the largest one in the middle if ten in a row do not fit. */
    Box draw(Picture picture, RandomStream random) {
        double area = (double) picture.height() * picture.width();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            double targetArea = scale.uniform(random) * area;
            double aspect = ratio.logUniform(random);
            int width = (int) Math.rint(Math.sqrt(targetArea * aspect));
            int height = (int) Math.rint(Math.sqrt(targetArea / aspect));
            if (width > 0 && height > 0 && width <= picture.width() && height <= picture.height()) {
                int top = random.randint(0, picture.height() - height);
                int left = random.randint(0, picture.width() - width);
                return new Box(top, left, height, width);
            }
        }
        return central(picture);
    }

    private Box central(Picture picture) {
        double aspect = (double) picture.width() / picture.height();
        int height = aspect < ratio.low() ? (int) Math.rint(picture.width() / ratio.low()) : picture.height();
        int width = aspect > ratio.high() ? (int) Math.rint(picture.height() * ratio.high()) : picture.width();
        return new Box((picture.height() - height) / 2, (picture.width() - width) / 2, height, width);
    }
}
