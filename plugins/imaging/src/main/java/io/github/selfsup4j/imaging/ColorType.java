package io.github.selfsup4j.imaging;

import io.github.selfsup4j.data.Image8;

/** How many channels the pictures of a source have, whatever their files have ({@code color_type}). */
public enum ColorType {
    /** Red, green and blue; grey is repeated. */
    COLOR,
    /** One channel, luma. */
    GRAYSCALE;

    /** A picture in this type. */
    public Image8 convert(Image8 image) {
        return this == COLOR ? image.toRgb() : Pictures.toGrey(image);
    }
}
