package io.github.selfsup4j.plugins.transforms;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.selfsup4j.data.FloatArray;
import io.github.selfsup4j.data.RandomStream;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomErasingTest {
    private static final int SIDE = 40;
    private static final float OLD = 7;

    @Test
    void erasesTheRectangleThatIsDrawn() {
        ScriptedStream random = new ScriptedStream(0.1, 0.24 * 0.25, 0, 30, 20);
        float[] values = erase(new RandomErasing(0.25, RandomErasing.Mode.CONST, 1), random);
        random.requireAllUsed();
        for (int channel = 0; channel < 3; channel++) {
            for (int y = 0; y < SIDE; y++) {
                for (int x = 0; x < SIDE; x++) {
                    boolean inside = y >= 30 && y < 40 && x >= 20 && x < 30;
                    assertEquals(
                            inside ? 0 : OLD, values[(channel * SIDE + y) * SIDE + x], channel + " " + y + " " + x);
                }
            }
        }
    }

    @Test
    void leavesAnImageAloneAsOftenAsAskedFor() {
        FloatArray image = image();
        assertSame(image, new RandomErasing(0.25, RandomErasing.Mode.PIXEL, 1).apply(image, new ScriptedStream(0.25)));
        RandomErasing erasing = new RandomErasing(0.25, RandomErasing.Mode.CONST, 1);
        long changed = IntStream.range(0, 2000)
                .filter(seed -> !erasing.apply(image, RandomStream.of(seed)).equals(image))
                .count();
        assertEquals(500, (float) changed, 80);
        assertArrayEquals(image().values(), image.values());
    }

    @Test
    void everyModeHasItsOwnColours() {
        assertEquals(1, distinct(RandomErasing.Mode.CONST, 0));
        assertEquals(1, distinct(RandomErasing.Mode.RAND, 0));
        assertEquals(
                3,
                IntStream.range(0, 3)
                        .mapToDouble(channel -> erased(RandomErasing.Mode.RAND, channel)[0])
                        .distinct()
                        .count());
        assertTrue(distinct(RandomErasing.Mode.PIXEL, 0) > 20);
    }

    @Test
    void pixelsAreNormallyDistributed() {
        double[] values = IntStream.range(0, 50)
                .boxed()
                .flatMapToDouble(seed -> erasedValues(RandomErasing.Mode.PIXEL, seed))
                .toArray();
        double mean = Arrays.stream(values).average().orElseThrow();
        assertEquals(0, mean, 0.05);
        assertEquals(
                1,
                Arrays.stream(values)
                        .map(value -> (value - mean) * (value - mean))
                        .average()
                        .orElseThrow(),
                0.05);
    }

    @Test
    void areasAreAFiftiethToAThirdAndSharedAmongSeveral() {
        double[] areas = IntStream.range(0, 500)
                .mapToDouble(
                        seed -> erasedValues(RandomErasing.Mode.PIXEL, seed).count() / (3.0 * SIDE * SIDE))
                .toArray();
        assertTrue(Arrays.stream(areas).allMatch(area -> area > 0.01 && area < 0.36), () -> Arrays.toString(areas));
        assertEquals((0.02 + 1 / 3.0) / 2, Arrays.stream(areas).average().orElseThrow(), 0.015);
        ScriptedStream random = new ScriptedStream(0.1, 2, 0.12, 0, 0, 0, 0.12, 0, 20, 20);
        float[] values = erase(new RandomErasing(1, RandomErasing.Mode.CONST, 2), random);
        random.requireAllUsed();
        assertEquals(
                3 * 2 * 100,
                IntStream.range(0, values.length).filter(i -> values[i] == 0).count());
    }

    private static DoubleStream erasedValues(RandomErasing.Mode mode, int seed) {
        float[] values = erase(new RandomErasing(1, mode, 1), RandomStream.of(seed));
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).filter(value -> value != OLD);
    }

    private static double[] erased(RandomErasing.Mode mode, int channel) {
        float[] values = erase(new RandomErasing(1, mode, 1), RandomStream.of(3));
        return IntStream.range(channel * SIDE * SIDE, (channel + 1) * SIDE * SIDE)
                .mapToDouble(i -> values[i])
                .filter(value -> value != OLD)
                .toArray();
    }

    private static long distinct(RandomErasing.Mode mode, int channel) {
        return Arrays.stream(erased(mode, channel)).distinct().count();
    }

    private static float[] erase(RandomErasing erasing, RandomStream random) {
        return erasing.apply(image(), random).values();
    }

    private static FloatArray image() {
        float[] values = new float[3 * SIDE * SIDE];
        Arrays.fill(values, OLD);
        return new FloatArray(values, 3, SIDE, SIDE);
    }
}
