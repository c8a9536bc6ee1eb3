package io.github.selfsup4j.plugins.transforms;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Required;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.data.LongArray;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.data.Sample;
import io.github.selfsup4j.data.Size;
import io.github.selfsup4j.data.Transform;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;

/**
 * Masks a number of patches, each set of them equally likely: adds {@code mask}, int64 {@code [height, width]}, 1 =
 * masked.
 */
@Component("RandomMaskGenerator")
public final class RandomMaskGenerator implements Transform {

    /** Keys of {@code RandomMaskGenerator}. */
    public static final class Config implements Validated {
        /** Number of patches across, or {@code [height, width]}. */
        @Required
        public Size inputSize = Size.square(1);
        /** How many to mask. */
        @Required
        public int numMaskingPatches;

        @Override
        public void validate(Checks checks) {
            checks.require(
                    numMaskingPatches > 0 && numMaskingPatches < inputSize.area(),
                    "numMaskingPatches",
                    "1 or more and fewer than the " + inputSize.area() + " patches");
        }
    }

    private final Size size;
    private final int masked;

    @Inject
    RandomMaskGenerator(Config config) {
        size = config.inputSize;
        masked = config.numMaskingPatches;
    }

    @Override
    public void apply(Sample sample, RandomStream random) {
        long[] mask = new long[size.area()];
        int[] order = random.permutation(mask.length);
        for (int i = 0; i < masked; i++) {
            mask[order[i]] = 1;
        }
        sample.put("mask", new LongArray(mask, size.height(), size.width()));
    }
}
