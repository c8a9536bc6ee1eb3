package io.github.selfsup4j.plugins.datasets;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Validated;
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
import java.io.UncheckedIOException;
import java.util.List;

/**
 * One view of each picture: {@code img} and whatever the pipeline adds to it, {@code label} and {@code idx} (the
 * reference's {@code SingleViewDataset}).
 */
@Component("SingleViewDataset")
public final class SingleViewDataset implements Dataset {

    /** Keys of {@code SingleViewDataset}, besides {@code data_source} and {@code pipeline}. */
    public static final class Config implements Validated {
        /** For configs of the reference, where true leaves the last transforms to the GPU; only false here. */
        public boolean prefetch = false;

        @Override
        public void validate(Checks checks) {
            checks.require(
                    !prefetch,
                    "prefetch",
                    "false: batches are made ahead anyway, with ToTensor and Normalize in the pipeline");
        }
    }

    private final DataSource source;
    private final List<Transform> pipeline;

    @Inject
    SingleViewDataset(Config unusedConfig, DataSource dataSource, @Slot("pipeline") List<Transform> pipeline) {
        this.source = dataSource;
        this.pipeline = pipeline;
    }

    @Override
    public int size() {
        return source.size();
    }

    @Override
    public Sample sample(int index, RandomStream random) throws IOException {
        Sample sample = new Sample().put("img", source.picture(index));
        try {
            pipeline.forEach(transform -> transform.apply(sample, random));
        } catch (UncheckedIOException e) { // of a picture that gets decoded by a transform
            throw e.getCause();
        }
        return sample.put("label", new LongArray(new long[] {source.label(index)}))
                .put("idx", new LongArray(new long[] {index}));
    }

    @Override
    public DataSource source() {
        return source;
    }
}
