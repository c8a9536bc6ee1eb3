package io.github.selfsup4j.data;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What the samples of a batch have under one name, one after the other in a direct buffer. */
final class SampleStack {
    private final String name;
    private final DataType type;
    private final Shape shape;
    private final ByteBuffer bytes;

    private SampleStack(String name, DataType type, Shape shape, ByteBuffer bytes) {
        this.name = name;
        this.type = type;
        this.shape = shape;
        this.bytes = bytes;
    }

    /**
     * Room for values like the first one.
     *
     * @param old a stack that is no longer needed, or null: its memory is used again if it is enough
     * @throws IllegalArgumentException if the value is a picture
     */
    static SampleStack like(SampleValue first, String name, int samples, SampleStack old) {
        DataType type = type(first, name);
        Shape shape = new Shape(samples).addAll(shape(first));
        int size = Math.toIntExact(shape.size() * type.getNumOfBytes());
        ByteBuffer memory = old != null && old.bytes.capacity() >= size ? old.bytes : ByteBuffer.allocateDirect(size);
        return new SampleStack(name, type, shape, memory.clear().limit(size).order(ByteOrder.nativeOrder()));
    }

    /** Puts a value in its place. @throws IllegalArgumentException if its type or shape is not that of the others */
    void put(int place, SampleValue value) {
        if (type(value, name) != type || !shape(value).equals(shape.slice(1))) {
            throw new IllegalArgumentException("its '" + name + "' has the shape " + shape(value) + ", that of another one of its batch "
                    + shape.slice(1) + "; batches need one size, for example by Resize to [height, width] or CenterCrop");
        }
        if (value instanceof FloatArray floats) {
            bytes.asFloatBuffer().put(place * floats.values().length, floats.values());
        } else if (value instanceof LongArray longs) {
            bytes.asLongBuffer().put(place * longs.values().length, longs.values());
        }
    }

    private static DataType type(SampleValue value, String name) {
        if (value instanceof Picture) {
            throw new IllegalArgumentException("'" + name + "' is still a picture at the end of the pipeline: add ToTensor");
        }
        return value instanceof FloatArray ? DataType.FLOAT32 : DataType.INT64;
    }

    private static Shape shape(SampleValue value) {
        return new Shape(value instanceof FloatArray floats ? floats.shape() : ((LongArray) value).shape());
    }

    /** All values. */
    ByteBuffer content() {
        return bytes.slice().order(ByteOrder.nativeOrder());
    }

    /** Their type. */
    DataType type() {
        return type;
    }

    /** Their shape, samples first. */
    Shape shape() {
        return shape;
    }
}
