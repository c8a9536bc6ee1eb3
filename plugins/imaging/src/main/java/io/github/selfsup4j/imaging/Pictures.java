package io.github.selfsup4j.imaging;

import io.github.selfsup4j.data.Image8;

/** Recolouring pixels, equal to torchvision's functions on Pillow pictures. */
public final class Pictures {
    private Pictures() {}

    /** The luma of a picture (ITU-R 601-2, in Pillow's fixed point), one channel. */
    public static Image8 toGrey(Image8 image) {
        if (image.channels() == 1) {
            return image;
        }
        byte[] from = image.pixels();
        byte[] to = new byte[from.length / 3];
        for (int i = 0; i < to.length; i++) {
            to[i] = (byte) ((19595 * (from[3 * i] & 0xff)
                            + 38470 * (from[3 * i + 1] & 0xff)
                            + 7471 * (from[3 * i + 2] & 0xff)
                            + 0x8000)
                    >> 16);
        }
        return new Image8(image.height(), image.width(), 1, to);
    }
}
