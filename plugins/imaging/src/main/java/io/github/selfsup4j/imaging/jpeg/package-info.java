/**
 * Decodes the usual JPEG files (ITU-T T.81: sequential, Huffman coded, 8 bits, one scan), or a part of one, byte by
 * byte as libjpeg does with its default settings, in the time that vector instructions allow: entropy decoding block by
 * block, everything after it as sums of whole lines, which the compiler turns into such instructions.
 */
package io.github.selfsup4j.imaging.jpeg;
