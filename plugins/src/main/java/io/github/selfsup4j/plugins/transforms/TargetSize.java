package io.github.selfsup4j.plugins.transforms;

import io.github.selfsup4j.config.ConfigNode;
import io.github.selfsup4j.config.ListNode;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.data.Size;

/**
 * What a picture is resized to. In a config a number, the length of the shorter side, or {@code [height, width]}.
 *
 * @param size height and width, or a square of the shorter side
 * @param keepsProportions whether only the shorter side is given
 */
public record TargetSize(Size size, boolean keepsProportions) {

    /** Reads a config value. */
    public static TargetSize fromConfig(ConfigNode node, Problems problems) {
        return new TargetSize(Size.fromConfig(node, problems), !(node instanceof ListNode));
    }

    /** The size that a picture gets; the longer side is rounded down, as in torchvision. */
    Size of(Image8 image) {
        if (!keepsProportions) {
            return size;
        }
        int shorter = size.width();
        return image.width() <= image.height()
                ? new Size((int) ((double) shorter * image.height() / image.width()), shorter)
                : new Size(shorter, (int) ((double) shorter * image.width() / image.height()));
    }

    @Override
    public String toString() {
        return keepsProportions ? String.valueOf(size.width()) : size.toString();
    }
}
