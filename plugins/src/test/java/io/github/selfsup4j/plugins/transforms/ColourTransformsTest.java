package io.github.selfsup4j.plugins.transforms;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.selfsup4j.data.FloatArray;
import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.data.Sample;
import io.github.selfsup4j.data.Transform;
import io.github.selfsup4j.imaging.Goldens;
import io.github.selfsup4j.imaging.ResamplerTest;
import io.github.selfsup4j.io.tensor.HostTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The random choices of the colour transforms; what they then do is tested with the pictures. */
class ColourTransformsTest {
    private static final Map<String, HostTensor> FLOATS = Goldens.load(ColourTransformsTest.class, "floats.npz");
    private static final Map<String, HostTensor> OPS = Goldens.load(ResamplerTest.class, "ops.npz");

    @Test
    void lightingIsTheReferences() {
        float[] alpha = FLOATS.get("lighting_alpha").toFloats();
        Sample sample = new Sample()
                .put("img", new FloatArray(FLOATS.get("base0_to_tensor").toFloats(), 3, 64, 64));
        new Lighting(new Lighting.Config()).apply(sample, new Gaussians(alpha, 0.1));
        assertArrayEquals(FLOATS.get("base0_lighting").toFloats(), ((FloatArray) sample.get("img")).values(), 1e-6f);
    }

    @Test
    void lightingRefusesGreyImages() {
        Sample grey = new Sample().put("img", new FloatArray(new float[4], 1, 2, 2));
        String message = assertThrows(IllegalArgumentException.class, () -> new Lighting(new Lighting.Config())
                        .apply(grey, RandomStream.of(1)))
                .getMessage();
        assertEquals("Lighting knows three channels, found an image of 1", message);
    }

    @Test
    void solarizationBlurAndGrayscaleHappenAsOftenAsAskedFor() {
        Solarization.Config solarization = new Solarization.Config();
        solarization.p = 0.25;
        assertEquals(250, changes(new Solarization(solarization)), 70);
        GaussianBlur.Config blur = new GaussianBlur.Config();
        blur.sigmaMin = 1;
        blur.sigmaMax = 2;
        assertEquals(500, changes(new GaussianBlur(blur)), 70);
        assertEquals(100, changes(new RandomGrayscale(new RandomGrayscale.Config())), 50);
    }

    @Test
    void grayscaleIsTorchvisions() {
        RandomGrayscale.Config config = new RandomGrayscale.Config();
        config.p = 1;
        Sample sample = new Sample().put("img", Goldens.image(OPS.get("base0")));
        new RandomGrayscale(config).apply(sample, RandomStream.of(1));
        Goldens.assertSame(OPS.get("base0_grayscale"), sample.image("img"), "base0");
    }

    @Test
    void appliedTransformsAreAllAppliedOrNone() {
        List<String> applied = new ArrayList<>();
        Transform first = (sample, random) -> applied.add("first");
        Transform second = (sample, random) -> applied.add("second");
        RandomAppliedTrans.Config config = new RandomAppliedTrans.Config();
        config.p = 1;
        new RandomAppliedTrans(config, List.of(first, second)).apply(new Sample(), RandomStream.of(1));
        assertEquals(List.of("first", "second"), applied);
        config.p = 0;
        new RandomAppliedTrans(config, List.of(first, second)).apply(new Sample(), RandomStream.of(1));
        assertEquals(2, applied.size());
    }

    @Test
    void jitterStaysWithinItsRangeAndReachesBothEnds() {
        ColorJitter.Config config = new ColorJitter.Config();
        config.brightness = new Jitter(List.of(0.4));
        Transform jitter = new ColorJitter(config);
        TreeSet<Integer> seen = new TreeSet<>();
        for (int seed = 0; seed < 500; seed++) {
            Sample sample = new Sample().put("img", new Image8(1, 1, 1, new byte[] {100}));
            jitter.apply(sample, RandomStream.of(seed));
            seen.add(sample.image("img").value(0, 0, 0));
        }
        assertTrue(seen.first() >= 60 && seen.first() <= 62, () -> "darkest " + seen.first());
        assertTrue(seen.last() >= 138 && seen.last() <= 140, () -> "brightest " + seen.last());
    }

    @Test
    void jitterOfNothingLeavesThePictureAsItIs() {
        Sample sample = new Sample().put("img", Goldens.image(OPS.get("base0")));
        new ColorJitter(new ColorJitter.Config()).apply(sample, RandomStream.of(1));
        Goldens.assertSame(OPS.get("base0"), sample.image("img"), "base0");
    }

    @Test
    void changesHappenInEveryOrder() {
        ColorJitter.Config config = new ColorJitter.Config();
        config.brightness = new Jitter(List.of(2.0, 2.0));
        config.contrast = new Jitter(List.of(0.5, 0.5));
        TreeSet<String> results = new TreeSet<>();
        for (int seed = 0; seed < 50; seed++) {
            Sample sample = new Sample().put("img", new Image8(1, 2, 1, new byte[] {40, (byte) 200}));
            new ColorJitter(config).apply(sample, RandomStream.of(seed));
            results.add(Arrays.toString(sample.image("img").pixels()));
        }
        // Brightness first cuts 400 off at 255: mean 168, (168 + 80) / 2 and (168 + 255) / 2. Contrast first: mean 120.
        assertEquals(new TreeSet<>(List.of("[124, -45]", "[-96, -1]")), results);
    }

    /** In how many of 1000 runs a small picture is changed. */
    private static int changes(Transform transform) {
        byte[] pixels = {0, 100, (byte) 200, (byte) 250, 30, 60};
        int changed = 0;
        for (int seed = 0; seed < 1000; seed++) {
            Sample sample = new Sample().put("img", new Image8(1, 2, 3, pixels));
            transform.apply(sample, RandomStream.of(seed));
            changed += Arrays.equals(pixels, sample.image("img").pixels()) ? 0 : 1;
        }
        return changed;
    }

    /** Gives known draws, before they are scaled. */
    private static final class Gaussians implements RandomStream {
        private final float[] values;
        private final double scale;
        private int next;

        Gaussians(float[] values, double scale) {
            this.values = values;
            this.scale = scale;
        }

        @Override
        public double uniform(double low, double high) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int randint(int low, int high) {
            throw new UnsupportedOperationException();
        }

        @Override
        public double gaussian() {
            return values[next++] / scale;
        }
    }
}
