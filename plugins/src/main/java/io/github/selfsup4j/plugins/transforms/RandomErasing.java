package io.github.selfsup4j.plugins.transforms;

import io.github.selfsup4j.data.FloatArray;
import io.github.selfsup4j.data.RandomStream;
import java.util.function.DoubleSupplier;

/**
 * Erases rectangles of a normalised image, or not (<a href="https://arxiv.org/abs/1708.04896">Zhong et al., 2017</a>,
 * as timm has it): together a fiftieth to a third of its area.
 *
 * @param probability of erasing anything
 * @param mode what is there then
 * @param most how many rectangles at most; any number up to it is as likely
 */
record RandomErasing(double probability, Mode mode, int most) {
    private static final Range AREA = new Range(0.02, 1.0 / 3);
    private static final Range ASPECT = new Range(0.3, 1 / 0.3);
    private static final int ATTEMPTS = 10;

    /** What is where an image was. */
    public enum Mode {
        /** Zero, the mean colour. */
        CONST,
        /** One colour, normally distributed. */
        RAND,
        /** Normally distributed values. */
        PIXEL
    }

    /**
     * An image with holes.
     *
     * @param image {@code [channels, height, width]}
     */
    FloatArray apply(FloatArray image, RandomStream random) {
        if (random.uniform(0, 1) >= probability) {
            return image;
        }
        float[] values = image.values().clone();
        int count = most == 1 ? 1 : random.randint(1, most);
        for (int i = 0; i < count; i++) {
            erase(values, image.shape(), count, random);
        }
        return new FloatArray(values, image.shape());
    }

    /** Erases one rectangle, unless ten in a row do not fit. */
    private void erase(float[] values, long[] shape, int count, RandomStream random) {
        int rows = (int) shape[1];
        int columns = (int) shape[2];
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            double area = AREA.uniform(random) * rows * columns / count;
            double aspect = ASPECT.logUniform(random);
            int height = (int) Math.rint(Math.sqrt(area * aspect));
            int width = (int) Math.rint(Math.sqrt(area / aspect));
            if (height < rows && width < columns) {
                int top = random.randint(0, rows - height);
                int left = random.randint(0, columns - width);
                for (int channel = 0; channel < shape[0]; channel++) {
                    DoubleSupplier colour = colour(random);
                    for (int y = top; y < top + height; y++) {
                        for (int x = left; x < left + width; x++) {
                            values[(channel * rows + y) * columns + x] = (float) colour.getAsDouble();
                        }
                    }
                }
                return;
            }
        }
    }

    /** The values of one channel of a rectangle. */
    private DoubleSupplier colour(RandomStream random) {
        return switch (mode) {
            case CONST -> () -> 0;
            case RAND -> always(random.gaussian());
            case PIXEL -> random::gaussian;
        };
    }

    private static DoubleSupplier always(double value) {
        return () -> value;
    }
}
