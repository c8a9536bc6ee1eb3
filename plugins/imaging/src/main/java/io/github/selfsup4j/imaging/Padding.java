package io.github.selfsup4j.imaging;

import io.github.selfsup4j.config.ConfigNode;
import io.github.selfsup4j.config.ListNode;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.config.ScalarNode;
import io.github.selfsup4j.data.Image8;
import java.util.List;

/**
 * A frame around a picture, in pixels. In a config a number for all sides, {@code [left and right, top and bottom]} or
 * {@code [left, top, right, bottom]}, as in torchvision.
 */
public record Padding(int left, int top, int right, int bottom) {
    private static final int OUTSIDE = -1;

    /** What the frame shows. */
    public enum Mode {
        /** One value. */
        CONSTANT,
        /** The nearest pixel. */
        EDGE,
        /** The picture mirrored at the middle of its outermost pixels: {@code 3 2 | 1 2 3}. */
        REFLECT,
        /** The picture mirrored at its edge: {@code 2 1 | 1 2 3}. */
        SYMMETRIC;

        /** Which of {@code size} pixels stands at a position outside of them; {@link #OUTSIDE} for none. */
        private int source(int position, int size) {
            if (position >= 0 && position < size) {
                return position;
            }
            return switch (this) {
                case CONSTANT -> OUTSIDE;
                case EDGE -> Math.max(0, Math.min(size - 1, position));
                case REFLECT -> size == 1 ? 0 : mirrored(position, 2 * size - 2, size, 0);
                case SYMMETRIC -> mirrored(position, 2 * size, size, 1);
            };
        }

        private static int mirrored(int position, int period, int size, int shift) {
            int within = Math.floorMod(position, period);
            return within < size ? within : period - shift - within;
        }
    }

    /** Reads a config value. */
    public static Padding fromConfig(ConfigNode node, Problems problems) {
        List<ConfigNode> nodes = node instanceof ListNode list ? List.copyOf(list.items()) : List.of(node);
        if (nodes.stream().allMatch(Padding::isWidth)) {
            int[] sides = nodes.stream()
                    .mapToInt(side -> (int) ((ScalarNode) side).asLong())
                    .toArray();
            switch (sides.length) {
                case 1 -> {
                    return new Padding(sides[0], sides[0], sides[0], sides[0]);
                }
                case 2 -> {
                    return new Padding(sides[0], sides[1], sides[0], sides[1]);
                }
                case 4 -> {
                    return new Padding(sides[0], sides[1], sides[2], sides[3]);
                }
                default -> {}
            }
        }
        problems.add(
                node,
                "expected a number of pixels, [left and right, top and bottom], or [left, top, right, bottom]; found "
                        + node.describe());
        return new Padding(0, 0, 0, 0);
    }

    private static boolean isWidth(ConfigNode node) {
        return node instanceof ScalarNode scalar
                && scalar.kind() == ScalarNode.Kind.INT
                && scalar.asLong() >= 0
                && scalar.asLong() <= Short.MAX_VALUE;
    }

    /** True if there is no frame. */
    public boolean isNone() {
        return left + top + right + bottom == 0;
    }

    /**
     * A picture with this frame.
     *
     * @param fill the value of {@link Mode#CONSTANT}, 0 to 255, in every channel
     */
    public Image8 apply(Image8 image, Mode mode, int fill) {
        int height = top + image.height() + bottom;
        int width = left + image.width() + right;
        int channels = image.channels();
        byte[] pixels = new byte[height * width * channels];
        for (int y = 0, to = 0; y < height; y++) {
            int row = mode.source(y - top, image.height());
            for (int x = 0; x < width; x++) {
                int column = mode.source(x - left, image.width());
                boolean outside = row == OUTSIDE || column == OUTSIDE;
                for (int c = 0; c < channels; c++) {
                    pixels[to++] =
                            outside ? (byte) fill : image.pixels()[(row * image.width() + column) * channels + c];
                }
            }
        }
        return new Image8(height, width, channels, pixels);
    }

    @Override
    public String toString() {
        return "[" + left + ", " + top + ", " + right + ", " + bottom + "]";
    }
}
