package io.github.selfsup4j.imaging.jpeg;

/**
 * A component of a picture: brightness, or one of two of colour.
 *
 * @param across samples across for each of the coarsest component
 * @param down samples down for each of the coarsest component
 * @param quantization factors of the coefficients, in order of the file
 * @param dc code of first coefficients
 * @param ac code of the others
 */
record JpegComponent(int across, int down, int[] quantization, HuffmanTable dc, HuffmanTable ac) {}
