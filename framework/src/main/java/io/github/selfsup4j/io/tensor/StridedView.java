package io.github.selfsup4j.io.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A tensor as a window on a storage: element {@code [i, j, ...]} is element {@code offset + i * strides[0] + j *
 * strides[1] + ...} of the storage.
 *
 * @param shape sizes of the dimensions, none negative
 * @param strides in elements, none negative; 0 repeats
 */
public record StridedView(ElementType type, long offset, long[] shape, long[] strides) {

    /** Strides of column-major order: the first index runs fastest. */
    public static long[] fortranStrides(long[] shape) {
        long[] strides = new long[shape.length];
        long stride = 1;
        for (int i = 0; i < shape.length; i++) {
            strides[i] = stride;
            stride *= shape[i];
        }
        return strides;
    }

    /** Whether the elements lie in the storage one after another in row-major order. */
    public boolean isContiguous() {
        long expected = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            if (shape[i] != 1) {
                if (strides[i] != expected) {
                    return HostTensor.elementCount(shape) == 0;
                }
                expected *= shape[i];
            }
        }
        return true;
    }

    /**
     * How many elements from the offset on the view reaches over.
     *
     * @throws ArithmeticException if that is more than a long
     */
    public long span() {
        if (HostTensor.elementCount(shape) == 0) {
            return 0;
        }
        long last = 0;
        for (int i = 0; i < shape.length; i++) {
            last = Math.addExact(last, Math.multiplyExact(shape[i] - 1, strides[i]));
        }
        return Math.addExact(last, 1);
    }

    /**
     * The elements in row-major order, copied.
     *
     * @param storage starts at the view's offset
     */
    public HostTensor copy(ByteBuffer storage) {
        int elementSize = type.byteSize();
        int count = Math.toIntExact(HostTensor.elementCount(shape));
        ByteBuffer target =
                ByteBuffer.allocate(Math.multiplyExact(count, elementSize)).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer source = storage.slice().order(ByteOrder.LITTLE_ENDIAN);
        long[] index = new long[shape.length];
        long at = 0;
        for (int i = 0; i < count; i++) {
            copyElement(source, Math.toIntExact(at * elementSize), target);
            for (int d = shape.length - 1; d >= 0; d--) {
                at += strides[d];
                if (++index[d] < shape[d]) {
                    break;
                }
                at -= strides[d] * shape[d];
                index[d] = 0;
            }
        }
        return HostTensor.wrap(type, shape, target.rewind());
    }

    private void copyElement(ByteBuffer source, int at, ByteBuffer target) {
        switch (type.byteSize()) {
            case 1 -> target.put(source.get(at));
            case 2 -> target.putShort(source.getShort(at));
            case 4 -> target.putInt(source.getInt(at));
            default -> target.putLong(source.getLong(at));
        }
    }
}
