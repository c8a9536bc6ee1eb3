package io.github.selfsup4j.plugins.transforms;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.selfsup4j.data.LongArray;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.data.Sample;
import io.github.selfsup4j.data.Size;
import io.github.selfsup4j.data.Transform;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MaskGeneratorsTest {
    @Test
    void beitMasksExactlyAsManyAsAskedFor() {
        Transform generator = beit(new Size(14, 14), 75, 16);
        for (int seed = 0; seed < 2000; seed++) {
            assertEquals(75, LongStream.of(mask(generator, seed).values()).sum());
        }
    }

    @Test
    void beitMasksMostlyConnectedBlocks() {
        Transform generator = beit(new Size(14, 14), 75, 16);
        long equalNeighbours = 0;
        for (int seed = 0; seed < 100; seed++) {
            long[] mask = mask(generator, seed).values();
            for (int i = 0; i < mask.length - 1; i++) {
                equalNeighbours += i % 14 != 13 && mask[i] == mask[i + 1] ? 1 : 0;
            }
        }
        double fraction = equalNeighbours / (100.0 * 14 * 13);
        assertTrue(
                fraction > 0.8,
                "patches equal to their right neighbour: " + fraction + ", at random it would be about half");
    }

    @Test
    @Timeout(20)
    void beitEndsWhereNoRectangleFits() {
        assertEquals(
                1, LongStream.of(mask(beit(new Size(1, 2), 1, 4), 1).values()).sum());
        assertEquals(
                8, LongStream.of(mask(beit(new Size(3, 3), 8, 4), 1).values()).sum());
    }

    @Test
    void randomMasksExactlyAsManyEachPatchEquallyOften() {
        RandomMaskGenerator.Config config = new RandomMaskGenerator.Config();
        config.inputSize = new Size(2, 4);
        config.numMaskingPatches = 2;
        Transform generator = new RandomMaskGenerator(config);
        long[] counts = new long[8];
        for (int seed = 0; seed < 4000; seed++) {
            LongArray mask = mask(generator, seed);
            assertArrayEquals(new long[] {2, 4}, mask.shape());
            assertEquals(2, LongStream.of(mask.values()).sum());
            for (int i = 0; i < counts.length; i++) {
                counts[i] += mask.values()[i];
            }
        }
        for (long count : counts) {
            assertEquals(
                    1000,
                    (float) count,
                    140,
                    "each of 8 patches in a quarter of the masks, five standard deviations at most");
        }
    }

    private static LongArray mask(Transform generator, int seed) {
        Sample sample = new Sample();
        generator.apply(sample, RandomStream.of(seed));
        return (LongArray) sample.get("mask");
    }

    private static Transform beit(Size size, int masked, int smallest) {
        BeitMaskGenerator.Config config = new BeitMaskGenerator.Config();
        config.inputSize = size;
        config.numMaskingPatches = masked;
        config.minNumPatches = smallest;
        return new BeitMaskGenerator(config);
    }
}
