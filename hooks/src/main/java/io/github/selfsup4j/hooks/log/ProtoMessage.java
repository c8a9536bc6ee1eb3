package io.github.selfsup4j.hooks.log;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A protocol-buffers message in the making: fields by number, in the order they are added. */
final class ProtoMessage {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED32 = 5;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Adds an {@code int64}. */
    ProtoMessage int64(int field, long value) {
        key(field, VARINT);
        varint(value);
        return this;
    }

    /** Adds a {@code double}. */
    ProtoMessage float64(int field, double value) {
        key(field, FIXED64);
        bytes.writeBytes(ByteBuffer.allocate(Double.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(value)
                .array());
        return this;
    }

    /** Adds a {@code float}. */
    ProtoMessage float32(int field, float value) {
        key(field, FIXED32);
        bytes.writeBytes(ByteBuffer.allocate(Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(value)
                .array());
        return this;
    }

    /** Adds a {@code string}. */
    ProtoMessage text(int field, String value) {
        return delimited(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a message. */
    ProtoMessage message(int field, ProtoMessage value) {
        return delimited(field, value.bytes());
    }

    private ProtoMessage delimited(int field, byte[] value) {
        key(field, LENGTH_DELIMITED);
        varint(value.length);
        bytes.writeBytes(value);
        return this;
    }

    private void key(int field, int wireType) {
        varint((long) field << 3 | wireType);
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }

    /** The message. */
    byte[] bytes() {
        return bytes.toByteArray();
    }
}
