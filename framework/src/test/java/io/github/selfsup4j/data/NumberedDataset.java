package io.github.selfsup4j.data;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Samples {@code idx} and {@code img} = [index, a random number]; keeps what it was asked for. */
class NumberedDataset implements Dataset, DataSource {
    private final int size;
    private final Set<Integer> unreadable;
    final ConcurrentLinkedQueue<Integer> asked = new ConcurrentLinkedQueue<>();

    NumberedDataset(int size, Integer... unreadable) {
        this.size = size;
        this.unreadable = Set.of(unreadable);
    }

    @Override
    public Sample sample(int index, RandomStream random) throws IOException {
        asked.add(index);
        if (unreadable.contains(index)) {
            throw new IOException(describe(index) + ": damaged");
        }
        return new Sample()
                .put("img", new FloatArray(new float[] {index, (float) random.uniform(0, 1)}, 2))
                .put("idx", new LongArray(new long[] {index}));
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public DataSource source() {
        return this;
    }

    @Override
    public Image8 image(int index) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int label(int index) {
        return -1;
    }

    @Override
    public String describe(int index) {
        return "picture-" + index + ".jpg";
    }

    @Override
    public List<String> classes() {
        return List.of();
    }
}
