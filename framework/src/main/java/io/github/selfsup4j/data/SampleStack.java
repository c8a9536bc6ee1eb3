package io.github.selfsup4j.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What the samples of a batch have under one name, one after the other in native memory. */
final class SampleStack {
    private final String name;
    private final DataType type;
    private final Shape shape;
    private final NDArray memory;
    private final ByteBuffer bytes;

    private SampleStack(String name, DataType type, Shape shape, NDArray memory) {
        this.name = name;
        this.type = type;
        this.shape = shape;
        this.memory = memory;
        this.bytes = memory.toByteBuffer(true).limit(size(type, shape)).order(ByteOrder.nativeOrder());
    }

    /**
     * Room for values like the first one.
     *
     * @param old a stack that is no longer needed, or null: its memory is used again if it is enough
     * @param owner of the memory
     * @throws IllegalArgumentException if the value is a picture
     */
    static SampleStack like(SampleValue first, String name, int samples, SampleStack old, NDManager owner) {
        DataType type = type(first, name);
        Shape shape = new Shape(samples).addAll(shape(first));
        if (old != null && old.memory.size() >= size(type, shape)) {
            return new SampleStack(name, type, shape, old.memory);
        }
        if (old != null) {
            old.memory.close();
        }
        return new SampleStack(name, type, shape, owner.create(new Shape(size(type, shape)), DataType.UINT8));
    }

    private static int size(DataType type, Shape shape) {
        return Math.toIntExact(shape.size() * type.getNumOfBytes());
    }

    /**
     * Puts a value in its place.
     *
     * @throws IllegalArgumentException if its type or shape is not that of the others
     */
    void put(int place, SampleValue value) {
        if (type(value, name) != type || !shape(value).equals(shape.slice(1))) {
            throw new IllegalArgumentException("its '" + name + "' has the shape " + shape(value)
                    + ", that of another one of its batch " + shape.slice(1)
                    + "; batches need one size, for example by Resize to [height, width] or CenterCrop");
        }
        if (value instanceof FloatArray floats) {
            bytes.asFloatBuffer().put(place * floats.values().length, floats.values());
        } else if (value instanceof LongArray longs) {
            bytes.asLongBuffer().put(place * longs.values().length, longs.values());
        }
    }

    private static DataType type(SampleValue value, String name) {
        if (value instanceof Picture) {
            throw new IllegalArgumentException(
                    "'" + name + "' is still a picture at the end of the pipeline: add ToTensor");
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
