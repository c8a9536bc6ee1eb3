package io.github.selfsup4j.tests.jmh;

import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.imaging.Interpolation;
import io.github.selfsup4j.imaging.Resampler;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A photograph's size, 375 x 500, to 224 x 224. */
@State(Scope.Thread)
public class ResamplerBenchmark {
    @Param({"BILINEAR", "BICUBIC", "LANCZOS"})
    public Interpolation filter;

    private Image8 image;

    @Setup
    public void image() {
        byte[] pixels = new byte[375 * 500 * 3];
        new Random(0).nextBytes(pixels);
        image = new Image8(375, 500, 3, pixels);
    }

    @Benchmark
    public Image8 resize() {
        return Resampler.resize(image, 224, 224, filter);
    }
}
