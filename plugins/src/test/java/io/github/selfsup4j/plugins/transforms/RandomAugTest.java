package io.github.selfsup4j.plugins.transforms;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.selfsup4j.config.ConfigBinder;
import io.github.selfsup4j.config.ConfigReader;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.data.FloatArray;
import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.data.Sample;
import io.github.selfsup4j.data.Transform;
import io.github.selfsup4j.imaging.Affine;
import io.github.selfsup4j.imaging.Box;
import io.github.selfsup4j.imaging.Enhance;
import io.github.selfsup4j.imaging.Goldens;
import io.github.selfsup4j.imaging.Interpolation;
import io.github.selfsup4j.imaging.Resampler;
import io.github.selfsup4j.imaging.ResamplerTest;
import io.github.selfsup4j.io.tensor.HostTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps of RandomAug and their order. */
class RandomAugTest {
    private static final Map<String, HostTensor> OPS = Goldens.load(ResamplerTest.class, "ops.npz");
    private static final Image8 PICTURE = Goldens.image(OPS.get("base0"));
    private static final String SCALING = "mean: [0.485, 0.456, 0.406]\nstd: [0.229, 0.224, 0.225]\n";
    private static final String PLAIN = "input_size: 32\ninterpolation: bicubic\n" + SCALING;
    /** A quarter of the area, square, from row 10 and column 20 on. */
    private static final double[] CROP = {0.25 * 1.0, 0, 10, 20};

    private static final double FLIP = 0.1;
    private static final double NO_FLIP = 0.9;

    @TempDir
    private Path folder;

    @Test
    void cropsResizesFlipsMovesNormalisesAndErases() throws IOException {
        Transform recipe =
                transform(PLAIN + "color_jitter: 0.4\nauto_augment: rand-m9-n1-inc1\nre_prob: 0.25\nre_mode: const\n");
        ScriptedStream random = new ScriptedStream(
                CROP[0],
                CROP[1],
                CROP[2],
                CROP[3],
                FLIP,
                number(AugmentOperation.ROTATE),
                0.1,
                0.2,
                0.1,
                0.25,
                0,
                8,
                4);
        FloatArray result = apply(recipe, random);
        random.requireAllUsed();

        Image8 crop = new Resampler(PICTURE, new Box(10, 20, 32, 32)).resize(32, 32, Interpolation.BICUBIC);
        Image8 flipped = crop.flipped();
        float[] expected = normalised(
                Affine.rotation(27, flipped).apply(flipped, Interpolation.BICUBIC, new int[] {124, 116, 104}));
        for (int channel = 0; channel < 3; channel++) {
            for (int y = 8; y < 24; y++) {
                Arrays.fill(expected, (channel * 32 + y) * 32 + 4, (channel * 32 + y) * 32 + 20, 0);
            }
        }
        assertArrayEquals(new long[] {3, 32, 32}, result.shape());
        assertArrayEquals(expected, result.values());
    }

    @Test
    void variesColoursOnlyWithoutRandAugment() throws IOException {
        Transform recipe = transform(PLAIN + "color_jitter: [0.4, 0, 0]\n");
        // After crop and flip: the order of the four changes, then the factors that vary.
        ScriptedStream random = new ScriptedStream(CROP[0], CROP[1], CROP[2], CROP[3], NO_FLIP, 0, 0, 0, 0, 1.3);
        FloatArray result = apply(recipe, random);
        random.requireAllUsed();
        Image8 crop = new Resampler(PICTURE, new Box(10, 20, 32, 32)).resize(32, 32, Interpolation.BICUBIC);
        assertArrayEquals(normalised(Enhance.brightness(crop, 1.3)), result.values());
    }

    @Test
    void randomInterpolationIsDrawnForTheCrop() throws IOException {
        Transform recipe = transform("input_size: [16, 24]\ninterpolation: random\n" + SCALING);
        FloatArray result = apply(recipe, new ScriptedStream(CROP[0], CROP[1], CROP[2], CROP[3], 0, NO_FLIP));
        assertArrayEquals(
                normalised(new Resampler(PICTURE, new Box(10, 20, 32, 32)).resize(16, 24, Interpolation.BILINEAR)),
                result.values());
    }

    @Test
    void aStreamDecidesEverything() throws IOException {
        Transform recipe =
                transform(PLAIN + "auto_augment: rand-m9-mstd0.5-inc1\nre_prob: 0.25\nre_mode: pixel\nre_count: 2\n");
        for (int seed = 0; seed < 20; seed++) {
            assertArrayEquals(
                    apply(recipe, RandomStream.of(seed)).values(),
                    apply(recipe, RandomStream.of(seed)).values());
        }
    }

    @Test
    void refusesWhatTimmCantDo() throws IOException {
        assertEquals(
                "interpolation: expected nearest, bilinear, bicubic or random: auto_augment moves pictures, and knows no other, found the string \"lanczos\"",
                problems("input_size: 32\ninterpolation: lanczos\nauto_augment: rand-m9\n" + SCALING));
        assertEquals("", problems("input_size: 32\ninterpolation: lanczos\n" + SCALING));
        assertTrue(problems(PLAIN + "color_jitter: [0.4, 0.4]\n")
                .startsWith("color_jitter: expected a number of 0 or more, or a list of three"));
        assertTrue(problems(PLAIN + "color_jitter: [0.4, 0.4, 0.4, 0.6]\n").contains("hue up to 0.5"));
        assertTrue(problems(PLAIN + "re_mode: noise\n").startsWith("re_mode: expected one of"), () -> "re_mode");
        Transform colours = transform(PLAIN);
        Sample grey = new Sample().put("img", new Image8(1, 1, 1, new byte[1]));
        String message = assertThrows(IllegalArgumentException.class, () -> colours.apply(grey, RandomStream.of(1)))
                .getMessage();
        assertEquals("RandomAug has 3 means for an image of 1 channels", message);
    }

    private static float[] normalised(Image8 image) throws IOException {
        Sample sample = new Sample().put("img", image);
        new ToTensor().apply(sample, null);
        Normalize.Config config = new Normalize.Config();
        config.mean = new float[] {0.485f, 0.456f, 0.406f};
        config.std = new float[] {0.229f, 0.224f, 0.225f};
        new Normalize(config).apply(sample, null);
        return ((FloatArray) sample.get("img")).values();
    }

    private static FloatArray apply(Transform transform, RandomStream random) {
        Sample sample = new Sample().put("img", PICTURE);
        transform.apply(sample, random);
        return (FloatArray) sample.get("img");
    }

    private Transform transform(String yaml) throws IOException {
        Problems problems = new Problems();
        RandomAug.Config config = bind(yaml, problems);
        problems.throwIfAny();
        return new RandomAug(config);
    }

    private String problems(String yaml) throws IOException {
        Problems problems = new Problems();
        bind(yaml, problems);
        List<String> texts = problems.all().stream()
                .map(problem -> problem.path() + ": " + problem.message())
                .toList();
        return String.join("\n", texts);
    }

    private RandomAug.Config bind(String yaml, Problems problems) throws IOException {
        Path file = Files.writeString(folder.resolve("transform.yaml"), yaml);
        return ConfigBinder.bind(
                ConfigReader.read(file, List.of(), Map.of(), problems).root(),
                RandomAug.Config.class,
                Set.of(),
                problems);
    }

    private static int number(AugmentOperation operation) {
        return List.of(AugmentOperation.values()).indexOf(operation);
    }
}
