package io.github.selfsup4j.io.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A tensor as files hold it: row-major, little-endian, at most 2 GiB; immutable, except for {@link #onDemand}.
 *
 * <pre>{@code
 * HostTensor mean = HostTensor.of(new float[] {0.485f, 0.456f, 0.406f}, 3);
 * float[] values = mean.toFloats();
 * }</pre>
 */
public final class HostTensor {
    private final ElementType type;
    private final long[] shape;
    private final Supplier<ByteBuffer> source;

    private HostTensor(ElementType type, long[] shape, Supplier<ByteBuffer> source) {
        this.type = type;
        this.shape = shape.clone();
        this.source = source;
    }

    /**
     * A tensor over bytes that are there already; they are not copied and must not change.
     *
     * @param shape sizes of the dimensions; empty for a scalar
     * @param bytes the elements in row-major order, little-endian, from the buffer's position to its limit
     * @throws IllegalArgumentException if the bytes are not as many as type and shape need
     */
    public static HostTensor wrap(ElementType type, long[] shape, ByteBuffer bytes) {
        long needed = Math.multiplyExact(elementCount(shape), type.byteSize());
        if (needed != bytes.remaining()) {
            throw new IllegalArgumentException("a " + type + " tensor of shape " + Arrays.toString(shape) + " has "
                    + needed + " bytes, not " + bytes.remaining());
        }
        ByteBuffer view = bytes.slice();
        return new HostTensor(type, shape, () -> view);
    }

    /**
     * A tensor whose elements are fetched whenever they are asked for, so that a large model can be written to a file
     * without being in memory a second time. It is for use before what it comes from changes.
     *
     * @param shape sizes of the dimensions; empty for a scalar
     * @param source gives the elements in row-major order, little-endian, from the buffer's position to its limit
     */
    public static HostTensor onDemand(ElementType type, long[] shape, Supplier<ByteBuffer> source) {
        return new HostTensor(type, shape, source);
    }

    /** A FLOAT32 tensor. */
    public static HostTensor of(float[] values, long... shape) {
        ByteBuffer bytes = allocate(values.length, Float.BYTES);
        bytes.asFloatBuffer().put(values);
        return wrap(ElementType.FLOAT32, shape, bytes);
    }

    /** A FLOAT64 tensor. */
    public static HostTensor of(double[] values, long... shape) {
        ByteBuffer bytes = allocate(values.length, Double.BYTES);
        bytes.asDoubleBuffer().put(values);
        return wrap(ElementType.FLOAT64, shape, bytes);
    }

    /** An INT64 tensor. */
    public static HostTensor of(long[] values, long... shape) {
        ByteBuffer bytes = allocate(values.length, Long.BYTES);
        bytes.asLongBuffer().put(values);
        return wrap(ElementType.INT64, shape, bytes);
    }

    /** An INT32 tensor. */
    public static HostTensor of(int[] values, long... shape) {
        ByteBuffer bytes = allocate(values.length, Integer.BYTES);
        bytes.asIntBuffer().put(values);
        return wrap(ElementType.INT32, shape, bytes);
    }

    /** A UINT8 tensor: 0 to 255 as Java's signed bytes. */
    public static HostTensor of(byte[] values, long... shape) {
        return wrap(ElementType.UINT8, shape, ByteBuffer.wrap(values.clone()));
    }

    /** A FLOAT32 tensor without dimensions. */
    public static HostTensor scalar(float value) {
        return of(new float[] {value});
    }

    /** A FLOAT64 tensor without dimensions. */
    public static HostTensor scalar(double value) {
        return of(new double[] {value});
    }

    /** An INT64 tensor without dimensions. */
    public static HostTensor scalar(long value) {
        return of(new long[] {value});
    }

    /** What the elements are. */
    public ElementType type() {
        return type;
    }

    /** Sizes of the dimensions; empty for a scalar. */
    public long[] shape() {
        return shape.clone();
    }

    /** Number of elements. */
    public int size() {
        return Math.toIntExact(elementCount(shape));
    }

    /**
     * The elements, row-major and little-endian. The view may lie over a read-only mapping of a file: native code that
     * would write to it, or keep it, needs a copy.
     */
    public ByteBuffer bytes() {
        return source.get().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The elements as floats, rounded where the type holds more digits. */
    public float[] toFloats() {
        float[] values = new float[size()];
        if (type == ElementType.FLOAT32) {
            bytes().asFloatBuffer().get(values);
            return values;
        }
        IntToDoubleFunction element = doubleReader();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) element.applyAsDouble(i);
        }
        return values;
    }

    /** The elements as doubles; INT64 beyond 2^53 is rounded. */
    public double[] toDoubles() {
        double[] values = new double[size()];
        Arrays.setAll(values, doubleReader());
        return values;
    }

    /** The elements as integers; fractions are cut off, BOOL gives 0 and 1. */
    public long[] toLongs() {
        long[] values = new long[size()];
        Arrays.setAll(values, longReader());
        return values;
    }

    /**
     * The elements as ints; fractions are cut off.
     *
     * @throws ArithmeticException if an element does not fit
     */
    public int[] toInts() {
        IntToLongFunction element = longReader();
        int[] values = new int[size()];
        Arrays.setAll(values, i -> Math.toIntExact(element.applyAsLong(i)));
        return values;
    }

    /** The elements as bytes, the lowest eight bits of each integer: UINT8 200 becomes -56. */
    public byte[] toBytes() {
        IntToLongFunction element = longReader();
        byte[] values = new byte[size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) element.applyAsLong(i);
        }
        return values;
    }

    /** Whether no element is infinite or not a number. */
    public boolean isFinite() {
        if (type == ElementType.FLOAT32) {
            FloatBuffer values = bytes().asFloatBuffer();
            return IntStream.range(0, values.limit()).allMatch(i -> Float.isFinite(values.get(i)));
        }
        return !type.isFloating() || Arrays.stream(toDoubles()).allMatch(Double::isFinite);
    }

    /** The same values as FLOAT32; this tensor itself if it is that already. */
    public HostTensor asFloat32() {
        return type == ElementType.FLOAT32 ? this : of(toFloats(), shape);
    }

    private IntToDoubleFunction doubleReader() {
        ByteBuffer data = bytes();
        return switch (type) {
            case FLOAT16 -> i -> HalfFloats.float16(data.getShort(2 * i));
            case BFLOAT16 -> i -> HalfFloats.bfloat16(data.getShort(2 * i));
            case FLOAT32 -> i -> data.getFloat(4 * i);
            case FLOAT64 -> i -> data.getDouble(8 * i);
            default -> {
                IntToLongFunction integers = longReader();
                yield i -> (double) integers.applyAsLong(i);
            }
        };
    }

    private IntToLongFunction longReader() {
        ByteBuffer data = bytes();
        return switch (type) {
            case BOOL -> i -> data.get(i) == 0 ? 0 : 1;
            case UINT8 -> i -> data.get(i) & 0xff;
            case INT8 -> data::get;
            case INT16 -> i -> data.getShort(2 * i);
            case INT32 -> i -> data.getInt(4 * i);
            case INT64 -> i -> data.getLong(8 * i);
            default -> {
                IntToDoubleFunction reals = doubleReader();
                yield i -> (long) reals.applyAsDouble(i);
            }
        };
    }

    private static ByteBuffer allocate(int count, int byteSize) {
        return ByteBuffer.allocate(Math.multiplyExact(count, byteSize)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Number of elements of a shape.
     *
     * @throws IllegalArgumentException if a size is negative
     * @throws ArithmeticException if the number does not fit a long
     */
    public static long elementCount(long[] shape) {
        long count = 1;
        for (long size : shape) {
            if (size < 0) {
                throw new IllegalArgumentException("a shape of " + Arrays.toString(shape) + " has a negative size");
            }
            count = Math.multiplyExact(count, size);
        }
        return count;
    }

    /** Whether type, shape and every bit of the elements are the same. */
    @Override
    public boolean equals(Object other) {
        return other instanceof HostTensor that
                && type == that.type
                && Arrays.equals(shape, that.shape)
                && bytes().equals(that.bytes());
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode() + Arrays.hashCode(shape);
    }

    @Override
    public String toString() {
        return type.torchName() + Arrays.toString(shape);
    }
}
