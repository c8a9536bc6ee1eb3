package io.github.selfsup4j.io.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import org.junit.jupiter.api.Test;

class HostTensorTest {
    private static HostTensor shorts(ElementType type, int... bits) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * bits.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : bits) {
            bytes.putShort((short) value);
        }
        return HostTensor.wrap(type, new long[] {bits.length}, bytes.rewind());
    }

    @Test
    void widensFloat16Exactly() {
        float[] values = shorts(
                        ElementType.FLOAT16,
                        0x3c00,
                        0xc000,
                        0x7bff,
                        0x0400,
                        0x03ff,
                        0x0001,
                        0x8000,
                        0x7c00,
                        0xfc00,
                        0x7e00,
                        0x3555)
                .toFloats();

        assertArrayEquals(
                new float[] {
                    1,
                    -2,
                    65504,
                    0x1p-14f,
                    0x1.ff8p-15f,
                    0x1p-24f,
                    -0f,
                    Float.POSITIVE_INFINITY,
                    Float.NEGATIVE_INFINITY,
                    Float.NaN,
                    0x1.554p-2f
                },
                values);
    }

    @Test
    void widensBfloat16Exactly() {
        assertArrayEquals(
                new float[] {1, -2, 3.140625f, Float.POSITIVE_INFINITY},
                shorts(ElementType.BFLOAT16, 0x3f80, 0xc000, 0x4049, 0x7f80).toFloats());
    }

    @Test
    void elementsOnDemandAreThoseOfTheMoment() {
        ByteBuffer memory = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(0, 1)
                .putFloat(4, 2);
        HostTensor tensor = HostTensor.onDemand(ElementType.FLOAT32, new long[] {2}, () -> memory);
        assertEquals(2, tensor.size());
        assertArrayEquals(new float[] {1, 2}, tensor.toFloats());
        memory.putFloat(4, 3);
        assertArrayEquals(new float[] {1, 3}, tensor.toFloats());
    }

    @Test
    void convertsBetweenNumbers() {
        assertArrayEquals(
                new long[] {1, -2}, HostTensor.of(new float[] {1.9f, -2.9f}, 2).toLongs());
        assertArrayEquals(
                new double[] {200, 1},
                HostTensor.of(new byte[] {(byte) 200, 1}, 2).toDoubles());
        assertArrayEquals(
                new byte[] {(byte) 200}, HostTensor.of(new long[] {200}, 1).toBytes());
        assertArrayEquals(
                new float[] {16777216f}, HostTensor.of(new int[] {16777217}, 1).toFloats());
        assertThrows(
                ArithmeticException.class, () -> HostTensor.scalar(1L << 31).toInts());
    }

    @Test
    void givesItsBytesReadOnlyAndLittleEndian() {
        ByteBuffer bytes = HostTensor.of(new int[] {1}, 1).bytes();

        assertEquals(1, bytes.get(0));
        assertEquals(ByteOrder.LITTLE_ENDIAN, bytes.order());
        assertThrows(ReadOnlyBufferException.class, () -> bytes.put(0, (byte) 2));
    }

    @Test
    void doesNotChangeWithTheArraysItWasMadeFrom() {
        float[] values = {1, 2};
        byte[] bytes = {1, 2};
        long[] shape = {2};
        HostTensor floats = HostTensor.of(values, shape);
        HostTensor small = HostTensor.of(bytes, shape);
        values[0] = 5;
        bytes[0] = 5;
        shape[0] = 7;
        floats.shape()[0] = 9;

        assertEquals(HostTensor.of(new float[] {1, 2}, 2), floats);
        assertEquals(HostTensor.of(new byte[] {1, 2}, 2), small);
    }

    @Test
    void isEqualByTypeShapeAndBits() {
        HostTensor tensor = HostTensor.of(new float[] {1, Float.NaN}, 2);

        assertEquals(HostTensor.of(new float[] {1, Float.NaN}, 2), tensor);
        assertEquals(HostTensor.of(new float[] {1, Float.NaN}, 2).hashCode(), tensor.hashCode());
        assertNotEquals(HostTensor.of(new float[] {1, Float.NaN}, 2, 1), tensor);
        assertNotEquals(HostTensor.of(new float[] {1, 2}, 2), tensor);
        assertNotEquals(HostTensor.of(new float[] {0f}, 1), HostTensor.of(new float[] {-0f}, 1));
        assertNotEquals(HostTensor.of(new int[] {0}, 1), HostTensor.of(new float[] {0}, 1));
    }

    @Test
    void refusesAShapeThatDoesNotFitTheBytes() {
        assertThrows(IllegalArgumentException.class, () -> HostTensor.of(new float[] {1, 2}, 3));
        assertThrows(IllegalArgumentException.class, () -> HostTensor.of(new float[] {1, 2}));
        assertThrows(IllegalArgumentException.class, () -> HostTensor.of(new float[] {1, 2}, -1, -2));
    }
}
