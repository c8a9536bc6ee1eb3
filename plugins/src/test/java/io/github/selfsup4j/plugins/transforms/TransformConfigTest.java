package io.github.selfsup4j.plugins.transforms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.selfsup4j.config.ConfigBinder;
import io.github.selfsup4j.config.ConfigReader;
import io.github.selfsup4j.config.Problem;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.data.Size;
import io.github.selfsup4j.imaging.Interpolation;
import io.github.selfsup4j.imaging.Padding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the transforms' values are written in config files. */
class TransformConfigTest {
    @TempDir
    private Path folder;

    @Test
    void interpolationIsANameOrPillowsNumber() throws IOException {
        assertEquals(
                Interpolation.BICUBIC,
                bind("size: 8\ninterpolation: bicubic", RandomResizedCrop.Config.class).interpolation);
        assertEquals(
                Interpolation.BICUBIC, bind("size: 8\ninterpolation: 3", RandomResizedCrop.Config.class).interpolation);
        assertEquals(
                Interpolation.LANCZOS, bind("size: 8\ninterpolation: 1", RandomResizedCrop.Config.class).interpolation);
        assertEquals(
                List.of(
                        "interpolation: expected one of nearest, lanczos, bilinear, bicubic, box, hamming, found the string \"cubic\""),
                problems("size: 8\ninterpolation: cubic", RandomResizedCrop.Config.class));
        assertEquals(
                1,
                problems("size: 8\ninterpolation: 6", RandomResizedCrop.Config.class)
                        .size());
    }

    @Test
    void theFirstOfTwoPicturesMayChooseItsInterpolation() throws IOException {
        RandomResizedCropAndInterpolationWithTwoPic.Config config = bind(
                "size: 224\nsecond_size: [56, 112]\ninterpolation: random",
                RandomResizedCropAndInterpolationWithTwoPic.Config.class);
        assertEquals(List.of(Interpolation.BILINEAR, Interpolation.BICUBIC), config.interpolation.choices());
        assertEquals(new Size(56, 112), config.secondSize);
        assertEquals(Interpolation.LANCZOS, config.secondInterpolation);
    }

    @Test
    void rangesAreTwoPositiveNumbersTheSmallerFirst() throws IOException {
        assertEquals(new Range(0.2, 1), bind("size: 8\nscale: [0.2, 1]", RandomResizedCrop.Config.class).scale);
        for (String wrong : List.of("[1, 0.2]", "[0, 1]", "[0.2]", "0.2", "[a, b]", "[0.2, .inf]", "[.nan, 1]")) {
            assertEquals(
                    1,
                    problems("size: 8\nscale: " + wrong, RandomResizedCrop.Config.class)
                            .size(),
                    wrong);
        }
    }

    @Test
    void jitterIsAnAmountOrARange() throws IOException {
        assertEquals(new Jitter(List.of(0.4)), bind("brightness: 0.4", ColorJitter.Config.class).brightness);
        assertEquals(new Jitter(List.of(0.5, 2.0)), bind("contrast: [0.5, 2]", ColorJitter.Config.class).contrast);
        assertEquals(
                List.of("hue: expected at most 0.5, or a range in [-0.5, 0.5], found the number 0.6"),
                problems("hue: 0.6", ColorJitter.Config.class));
        for (String wrong : List.of(
                "brightness: -1",
                "contrast: [2, 1]",
                "saturation: [-1, 1]",
                "hue: [-0.6, 0]",
                "contrast: [1]",
                "contrast: much")) {
            assertEquals(1, problems(wrong, ColorJitter.Config.class).size(), wrong);
        }
    }

    @Test
    void resizeTakesTheShorterSideOrBoth() throws IOException {
        Image8 upright = new Image8(7, 3, 1, new byte[21]);
        assertEquals(
                new Size(23, 10), bind("size: 10", Resize.Config.class).size.of(upright));
        assertEquals(
                new Size(10, 20),
                bind("size: [10, 20]", Resize.Config.class).size.of(upright));
        assertEquals(
                new Size(10, 10),
                bind("size: [10, 10]", Resize.Config.class).size.of(upright));
    }

    @Test
    void paddingIsOneTwoOrFourWidths() throws IOException {
        assertEquals(new Padding(2, 2, 2, 2), bind("padding: 2", Pad.Config.class).padding);
        assertEquals(new Padding(1, 2, 1, 2), bind("padding: [1, 2]", Pad.Config.class).padding);
        assertEquals(
                new Padding(1, 2, 3, 4),
                bind("padding: [1, 2, 3, 4]\npadding_mode: reflect", Pad.Config.class).padding);
        assertEquals(
                List.of(
                        "padding: expected a number of pixels, [left and right, top and bottom], or [left, top, right, bottom];"
                                + " found a list of 3 items"),
                problems("padding: [1, 2, 3]", Pad.Config.class));
        assertEquals(1, problems("padding: -1", Pad.Config.class).size());
    }

    @Test
    void masksLeaveSomethingVisible() throws IOException {
        assertEquals(
                List.of(
                        "num_masking_patches: expected at least 1 and less than all 196 patches, found the integer 196"),
                problems("input_size: 14\nnum_masking_patches: 196", BeitMaskGenerator.Config.class));
    }

    private <T> T bind(String yaml, Class<T> type) throws IOException {
        Problems problems = new Problems();
        T config = bind(yaml, type, problems);
        problems.throwIfAny();
        return config;
    }

    private List<String> problems(String yaml, Class<?> type) throws IOException {
        Problems problems = new Problems();
        bind(yaml, type, problems);
        return problems.all().stream().map(TransformConfigTest::text).toList();
    }

    private static String text(Problem problem) {
        return problem.path() + ": " + problem.message();
    }

    private <T> T bind(String yaml, Class<T> type, Problems problems) throws IOException {
        Path file = Files.writeString(folder.resolve("transform.yaml"), yaml);
        return ConfigBinder.bind(
                ConfigReader.read(file, List.of(), Map.of(), problems).root(), type, Set.of(), problems);
    }
}
