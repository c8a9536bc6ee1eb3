package io.github.selfsup4j.imaging;

/** What a picture file is written in. */
enum PictureFormat {
    JPEG,
    /** JPEG of four channels, for print. */
    CMYK_JPEG,
    PNG,
    GIF,
    BMP,
    TIFF,
    WEBP,
    /** Portable grey map, or pixmap. */
    PNM
}
