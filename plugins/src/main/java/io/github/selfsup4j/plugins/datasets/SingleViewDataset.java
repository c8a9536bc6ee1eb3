package io.github.selfsup4j.plugins.datasets;

import io.github.selfsup4j.data.DataSource;
import io.github.selfsup4j.data.Dataset;
import io.github.selfsup4j.data.LongArray;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.data.Sample;
import io.github.selfsup4j.data.Transform;
import io.github.selfsup4j.inject.Slot;
import io.github.selfsup4j.registry.Component;

import jakarta.inject.Inject;

import java.io.IOException;
import java.util.List;

/** One view of every picture: {@code img} and what the pipeline adds, {@code label} and {@code idx}. */
@Component("SingleViewDataset")
public final class SingleViewDataset implements Dataset {

    /** Keys of {@code SingleViewDataset}. */
    public static final class Config {
        /** Accepted for compatibility; batches are always made ahead. */
        public boolean prefetch = false;
    }

    private final DataSource source;
    private final List<Transform> pipeline;

    @Inject
    SingleViewDataset(Config config, DataSource source, @Slot("pipeline") List<Transform> pipeline) {
        this.source = source;
        this.pipeline = pipeline;
    }

    @Override
    public int size() {
        return source.size();
    }

    @Override
    public Sample sample(int index, RandomStream random) throws IOException {
        Sample sample = new Sample().put("img", source.image(index).toRgb());
        for (Transform transform : pipeline) {
            transform.apply(sample, random);
        }
        return sample.put("label", new LongArray(new long[] {source.label(index)})).put("idx", new LongArray(new long[] {index}));
    }

    @Override
    public DataSource source() {
        return source;
    }
}
