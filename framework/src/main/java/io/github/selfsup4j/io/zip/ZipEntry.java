package io.github.selfsup4j.io.zip;

/**
 * A file inside a zip archive.
 *
 * @param name with {@code /} between folders
 * @param deflated whether its bytes are compressed
 * @param crc CRC-32 of its content; 0 if the writer did not compute it
 * @param header where its local header starts in the archive
 * @param start where its bytes start
 * @param storedSize how many bytes it has in the archive
 * @param size how many bytes its content has
 */
public record ZipEntry(String name, boolean deflated, int crc, long header, long start, long storedSize, long size) {}
