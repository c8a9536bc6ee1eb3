package io.github.selfsup4j.imaging.jpeg;

import java.util.List;

/**
 * What comes before the coefficients of a picture.
 *
 * @param height number of rows
 * @param width number of columns
 * @param components one for grey; brightness, blueness and redness for colour
 * @param restartInterval number of units after which decoding starts afresh; 0 for never
 * @param scan where the coefficients begin in the file
 */
record JpegHeader(int height, int width, List<JpegComponent> components, int restartInterval, int scan) {}
