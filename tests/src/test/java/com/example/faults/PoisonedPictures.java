package com.example.faults;

import io.github.selfsup4j.data.FloatArray;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.data.Sample;
import io.github.selfsup4j.data.Transform;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;
import java.util.Arrays;

/** Makes some pictures, others in every epoch but the same in every run, something no model can compute with. */
@Component("PoisonedPictures")
public final class PoisonedPictures implements Transform {

    /** Keys of {@code PoisonedPictures}. */
    public static final class Config {
        /** Fraction of the pictures. */
        public double fraction = 0.01;
    }

    private final Config config;

    @Inject
    PoisonedPictures(Config config) {
        this.config = config;
    }

    @Override
    public void apply(Sample sample, RandomStream random) {
        if (random.uniform(0, 1) < config.fraction && sample.get("img") instanceof FloatArray picture) {
            Arrays.fill(picture.values(), Float.NaN);
        }
    }
}
