package io.github.selfsup4j.data;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Samples stacked in host memory. Workers fill it together, each its own places; then the training thread reads it, and
 * it is filled again.
 */
final class HostBatch implements TrainingData.Pending, AutoCloseable {
    /** Of memory that Java's collector does not see, and so would give back late. */
    private final NDManager owner = NDManager.newBaseManager(Device.cpu(), "PyTorch");

    private final Map<String, SampleStack> stacks = new LinkedHashMap<>();
    private final IntFunction<String> names;
    private int[] origins;
    private int size;
    private boolean empty;

    /** @param names of samples, by their index */
    HostBatch(IntFunction<String> names) {
        this.names = names;
    }

    /** Begins a new batch; what was there is gone. */
    void begin(int samples) {
        size = samples;
        origins = new int[samples];
        empty = true;
    }

    /**
     * Puts a sample in its place. The first one decides on names and shapes.
     *
     * @param index of the sample
     * @throws IllegalArgumentException if it differs from others in names or shapes, or holds a picture
     */
    void put(int place, Sample sample, int index) {
        origins[place] = index;
        layOutLike(sample);
        if (!sample.names().equals(stacks.keySet())) {
            throw new IllegalArgumentException(
                    "it consists of " + sample.names() + ", another one of its batch of " + stacks.keySet());
        }
        sample.names().forEach(name -> stacks.get(name).put(place, sample.get(name)));
    }

    private synchronized void layOutLike(Sample first) {
        if (empty) {
            stacks.keySet().retainAll(first.names());
            first.names()
                    .forEach(name -> stacks.compute(
                            name, (key, old) -> SampleStack.like(first.get(key), key, size, old, owner)));
            empty = false;
        }
    }

    /** Gives its memory back; nobody may use it any more. */
    @Override
    public void close() {
        owner.close();
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Supplier<List<String>> origins() {
        int[] indices = origins;
        return () -> Arrays.stream(indices).mapToObj(names).toList();
    }

    @Override
    public Batch toBatch(NDManager scope) {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        stacks.forEach((name, stack) -> arrays.put(name, scope.create(stack.content(), stack.shape(), stack.type())));
        return new Batch(arrays);
    }
}
