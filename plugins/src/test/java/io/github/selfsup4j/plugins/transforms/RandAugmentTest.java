package io.github.selfsup4j.plugins.transforms;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.selfsup4j.config.Location;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.config.ScalarNode;
import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.imaging.Affine;
import io.github.selfsup4j.imaging.Enhance;
import io.github.selfsup4j.imaging.Goldens;
import io.github.selfsup4j.imaging.Interpolation;
import io.github.selfsup4j.imaging.Levels;
import io.github.selfsup4j.imaging.ResamplerTest;
import io.github.selfsup4j.io.tensor.HostTensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which operations RandAugment chooses, and how strong they are; what they then do is tested with the pictures. */
class RandAugmentTest {
    private static final Map<String, HostTensor> OPS = Goldens.load(ResamplerTest.class, "ops.npz");
    private static final Image8 PICTURE = Goldens.image(OPS.get("base0"));
    private static final int[] FILL = {124, 116, 104};
    private static final RandomInterpolation BICUBIC = RandomInterpolation.always(Interpolation.BICUBIC);
    private static final double APPLY = 0.1;
    private static final double LEAVE = 0.9;

    @Test
    void readsTimmsTexts() {
        assertEquals(new RandAugment(9, 2, 0.5, 10, true, false), read("rand-m9-mstd0.5-inc1"));
        assertEquals(new RandAugment(10, 2, 0, 10, false, false), read("rand"));
        assertEquals(new RandAugment(7, 3, 101, 20, false, true), read("rand-n3-w0-mstd101-mmax20-m7-inc0"));
        for (String wrong : List.of(
                "original",
                "rand-x9",
                "rand-m",
                "rand-m-1",
                "rand-n0",
                "rand-n1.5",
                "rand-w1",
                "rand-w0-n14",
                "",
                "rand--m9")) {
            Problems problems = new Problems();
            RandAugment.fromConfig(node(wrong), problems);
            assertEquals(1, problems.size(), wrong);
            assertTrue(problems.all().get(0).toString().contains("such as rand-m9-mstd0.5-inc1"), () -> problems.all()
                    .toString());
        }
    }

    @Test
    void drawsOperationsThenForEachWhetherHowStrongAndWhichWay() {
        ScriptedStream random = new ScriptedStream(
                number(AugmentOperation.ROTATE), number(AugmentOperation.COLOR), APPLY, -2, 0.8, LEAVE);
        Image8 rotated = read("rand-m9-mstd0.5-inc1").apply(PICTURE, random, BICUBIC, FILL);
        random.requireAllUsed();
        assertSame(Affine.rotation(-24, PICTURE).apply(PICTURE, Interpolation.BICUBIC, FILL), rotated);
    }

    @Test
    void magnitudesStayBetweenNothingAndTheLargest() {
        assertSame(Enhance.brightness(PICTURE, 1.9), one("rand-m9-mstd0.5-inc1", AugmentOperation.BRIGHTNESS, 40, 0.2));
        assertSame(PICTURE, one("rand-m9-mstd0.5-inc1", AugmentOperation.BRIGHTNESS, -40, 0.2));
        assertSame(Enhance.brightness(PICTURE, 2.8), one("rand-m30-mmax20-inc1", AugmentOperation.BRIGHTNESS, 0.2));
        assertSame(Enhance.brightness(PICTURE, 0.1), one("rand-m30-mmax20-inc1", AugmentOperation.BRIGHTNESS, 0.7));
        assertSame(Enhance.brightness(PICTURE, 1.27), one("rand-m9-mstd101-inc1", AugmentOperation.BRIGHTNESS, 3, 0.2));
    }

    @Test
    void strengthsAreTimms() {
        assertSame(Levels.posterize(PICTURE, 1), one("rand-m9-inc1", AugmentOperation.POSTERIZE));
        assertSame(Levels.posterize(PICTURE, 3), one("rand-m9", AugmentOperation.POSTERIZE));
        assertSame(Levels.solarize(PICTURE, 26), one("rand-m9-inc1", AugmentOperation.SOLARIZE));
        assertSame(Levels.solarize(PICTURE, 230), one("rand-m9", AugmentOperation.SOLARIZE));
        assertSame(Levels.solarizeAdd(PICTURE, 99, 128), one("rand-m9-inc1", AugmentOperation.SOLARIZE_ADD));
        assertSame(Enhance.saturation(PICTURE, 1 - 0.9 * 0.9), one("rand-m9-inc1", AugmentOperation.COLOR, 0.7));
        assertSame(Enhance.contrast(PICTURE, 1 + 0.9 * 0.9), one("rand-m9-inc1", AugmentOperation.CONTRAST, 0.2));
        assertSame(Enhance.sharpness(PICTURE, 0.9 * 1.8 + 0.1), one("rand-m9", AugmentOperation.SHARPNESS));
        assertSame(bicubic(Affine.shearX(-0.9 * 0.3)), one("rand-m9-inc1", AugmentOperation.SHEAR_X, 0.7));
        assertSame(bicubic(Affine.shearY(0.9 * 0.3)), one("rand-m9-inc1", AugmentOperation.SHEAR_Y, 0.2));
        assertSame(
                bicubic(Affine.translation(0.9 * 0.45 * 64, 0)),
                one("rand-m9-inc1", AugmentOperation.TRANSLATE_X, 0.2));
        assertSame(
                bicubic(Affine.translation(0, -0.9 * 0.45 * 64)),
                one("rand-m9-inc1", AugmentOperation.TRANSLATE_Y, 0.7));
        assertSame(Levels.autocontrast(PICTURE), one("rand-m9-inc1", AugmentOperation.AUTO_CONTRAST));
        assertSame(Levels.equalize(PICTURE), one("rand-m9-inc1", AugmentOperation.EQUALIZE));
        assertSame(Levels.invert(PICTURE), one("rand-m9-inc1", AugmentOperation.INVERT));
    }

    @Test
    void aRandomInterpolationIsDrawnForEveryMove() {
        RandomInterpolation either = new RandomInterpolation(List.of(Interpolation.BILINEAR, Interpolation.BICUBIC));
        ScriptedStream random = new ScriptedStream(number(AugmentOperation.SHEAR_X), APPLY, 0.2, 0);
        Image8 sheared = read("rand-m10-n1-inc1").apply(PICTURE, random, either, FILL);
        random.requireAllUsed();
        assertSame(Affine.shearX(0.3).apply(PICTURE, Interpolation.BILINEAR, FILL), sheared);
    }

    @Test
    void everyOperationIsAsLikely() {
        int[] counts = new int[AugmentOperation.values().length];
        RandomStream random = RandomStream.of(5);
        RandAugment one = read("rand-m9-n1-mstd0.5-inc1");
        int changed = 0;
        for (int i = 0; i < 3000; i++) {
            int[] drawn = new int[1];
            Image8 after = one.apply(PICTURE, recording(random, drawn), BICUBIC, FILL);
            counts[drawn[0]]++;
            changed += Arrays.equals(PICTURE.pixels(), after.pixels()) ? 0 : 1;
        }
        assertTrue(Arrays.stream(counts).allMatch(count -> count > 140 && count < 260), () -> Arrays.toString(counts));
        assertEquals(1500, changed, 120);
    }

    @Test
    void weightedOperationsAreNotChosenTwice() {
        // Of 1.0, rotating has 0.03 to 0.33; of the 0.7 without it, shearing has 0.1 to 0.3.
        ScriptedStream random = new ScriptedStream(0.2, 0.2, APPLY, 0.2, APPLY, 0.2);
        Image8 changed = read("rand-n2-w0").apply(PICTURE, random, BICUBIC, FILL);
        random.requireAllUsed();
        Image8 rotated = bicubic(Affine.rotation(30, PICTURE));
        assertSame(Affine.shearX(0.3).apply(rotated, Interpolation.BICUBIC, FILL), changed);
    }

    /** One operation, which is applied. */
    private static Image8 one(String text, AugmentOperation operation, double... draws) {
        double[] numbers = new double[draws.length + 2];
        numbers[0] = number(operation);
        numbers[1] = APPLY;
        System.arraycopy(draws, 0, numbers, 2, draws.length);
        ScriptedStream random = new ScriptedStream(numbers);
        Image8 changed = read(text + "-n1").apply(PICTURE, random, BICUBIC, FILL);
        random.requireAllUsed();
        return changed;
    }

    private static Image8 bicubic(Affine move) {
        return move.apply(PICTURE, Interpolation.BICUBIC, FILL);
    }

    private static RandomStream recording(RandomStream random, int[] drawn) {
        return new RandomStream() {
            @Override
            public double uniform(double low, double high) {
                return random.uniform(low, high);
            }

            @Override
            public int randint(int low, int high) {
                drawn[0] = random.randint(low, high);
                return drawn[0];
            }

            @Override
            public double gaussian() {
                return random.gaussian();
            }
        };
    }

    private static RandAugment read(String text) {
        Problems problems = new Problems();
        RandAugment read = RandAugment.fromConfig(node(text), problems);
        problems.throwIfAny();
        return read;
    }

    private static ScalarNode node(String text) {
        return ScalarNode.string(Location.NONE, "auto_augment", text);
    }

    private static void assertSame(Image8 expected, Image8 actual) {
        assertEquals(expected.toString(), actual.toString());
        assertArrayEquals(expected.pixels(), actual.pixels());
    }

    private static int number(AugmentOperation operation) {
        return List.of(AugmentOperation.values()).indexOf(operation);
    }
}
