package io.github.selfsup4j.hooks.log;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Records of TensorFlow's TFRecord format: length, its checksum, data, its checksum. */
final class TfRecord {
    private static final int MASK = 0xa282ead8;

    private TfRecord() {}

    /** The record of some data. */
    static byte[] frame(byte[] data) {
        byte[] length = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(data.length)
                .array();
        return ByteBuffer.allocate(data.length + 16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(length)
                .putInt(maskedCrc(length))
                .put(data)
                .putInt(maskedCrc(data))
                .array();
    }

    /** CRC-32C, rotated and shifted so that checksums of checksums are harmless. */
    static int maskedCrc(byte[] data) {
        CRC32C crc = new CRC32C();
        crc.update(data);
        return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
    }
}
