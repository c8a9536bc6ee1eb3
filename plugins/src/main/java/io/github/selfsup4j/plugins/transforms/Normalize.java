package io.github.selfsup4j.plugins.transforms;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Required;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.data.ChannelScaling;
import io.github.selfsup4j.data.FloatArray;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.data.Sample;
import io.github.selfsup4j.data.Transform;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;
import java.util.stream.IntStream;

/** Subtracts a mean from each channel and divides by a standard deviation (torchvision's {@code Normalize}). */
@Component("Normalize")
public final class Normalize implements Transform {

    /** Keys of {@code Normalize}. */
    public static final class Config implements Validated, ChannelScaling {
        /** Mean of each channel, of values in [0, 1]. */
        @Required
        public float[] mean;
        /** Standard deviation of each channel. */
        @Required
        public float[] std;

        @Override
        public void validate(Checks checks) {
            checks.require(IntStream.range(0, std.length).allMatch(i -> std[i] > 0), "std", "positive numbers");
            checks.require(std.length == mean.length, "std", "as many numbers as mean (" + mean.length + ")");
        }

        @Override
        public float[] mean() {
            return mean;
        }

        @Override
        public float[] std() {
            return std;
        }
    }

    private final float[] mean;
    private final float[] std;

    @Inject
    Normalize(Config config) {
        this.mean = config.mean;
        this.std = config.std;
    }

    /** @throws IllegalArgumentException if an image has another number of channels */
    @Override
    public void apply(Sample sample, RandomStream random) {
        sample.mapValues(value -> value instanceof FloatArray image ? normalized(image) : value);
    }

    private FloatArray normalized(FloatArray image) {
        if (image.shape()[0] != mean.length) {
            throw new IllegalArgumentException(
                    "Normalize has " + mean.length + " means for an image of " + image.shape()[0] + " channels");
        }
        float[] from = image.values();
        float[] to = new float[from.length];
        int area = from.length / mean.length;
        for (int c = 0; c < mean.length; c++) {
            for (int i = c * area; i < (c + 1) * area; i++) {
                to[i] = (from[i] - mean[c]) / std[c];
            }
        }
        return new FloatArray(to, image.shape());
    }
}
