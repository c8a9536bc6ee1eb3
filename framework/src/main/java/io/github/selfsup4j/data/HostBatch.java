package io.github.selfsup4j.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Samples stacked in direct buffers of host memory. Filled by a worker, read by the training thread, then
 * filled again.
 */
public final class HostBatch implements TrainingData.Pending {
    private record Stack(ByteBuffer bytes, DataType type, long[] shape) {}

    private final Map<String, Stack> stacks = new LinkedHashMap<>();
    private int size;

    /** Stacks samples. @throws IllegalArgumentException if they differ in names or shapes, or hold pictures */
    void fill(List<Sample> samples) {
        size = samples.size();
        stacks.keySet().retainAll(samples.get(0).names());
        for (String name : samples.get(0).names()) {
            SampleValue first = samples.get(0).get(name);
            if (first instanceof Image8) {
                throw new IllegalArgumentException("'" + name + "' is still a picture at the end of the pipeline: add ToTensor");
            }
            Stack stack = stack(name, first);
            stack.bytes.clear();
            for (Sample sample : samples) {
                append(name, sample.get(name), stack);
            }
        }
    }

    private Stack stack(String name, SampleValue first) {
        boolean floats = first instanceof FloatArray;
        long[] one = floats ? ((FloatArray) first).shape() : ((LongArray) first).shape();
        long[] shape = LongStream.concat(LongStream.of(size), LongStream.of(one)).toArray();
        int bytes = Math.toIntExact(new Shape(shape).size() * (floats ? Float.BYTES : Long.BYTES));
        Stack old = stacks.get(name);
        ByteBuffer buffer = old != null && old.bytes.capacity() >= bytes ? old.bytes
                : ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        Stack stack = new Stack(buffer, floats ? DataType.FLOAT32 : DataType.INT64, shape);
        stacks.put(name, stack);
        return stack;
    }

    private static void append(String name, SampleValue value, Stack stack) {
        int end = stack.bytes.position();
        if (value instanceof FloatArray floats) {
            stack.bytes.asFloatBuffer().put(floats.values());
            end += floats.values().length * Float.BYTES;
        } else if (value instanceof LongArray longs) {
            stack.bytes.asLongBuffer().put(longs.values());
            end += longs.values().length * Long.BYTES;
        }
        if (end - stack.bytes.position() != new Shape(stack.shape).size() / stack.shape[0] * stack.type.getNumOfBytes()) {
            throw new IllegalArgumentException("samples differ in the shape of '" + name + "'");
        }
        stack.bytes.position(end);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Batch toBatch(NDManager scope) {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        stacks.forEach((name, stack) -> {
            ByteBuffer bytes = stack.bytes.duplicate().order(ByteOrder.nativeOrder());
            bytes.position(0).limit(stack.bytes.position());
            arrays.put(name, scope.create(bytes.slice().order(ByteOrder.nativeOrder()), new Shape(stack.shape), stack.type));
        });
        return new Batch(arrays);
    }
}
