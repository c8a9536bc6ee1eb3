package io.github.selfsup4j.plugins.transforms;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.data.FloatArray;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.data.Sample;
import io.github.selfsup4j.data.Transform;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;

/**
 * Changes the light of an image: adds noise to its channels along the principal axes of ImageNet's colours (<a
 * href="https://papers.nips.cc/paper/4824">Krizhevsky et al., 2012</a>, section 4.1; the reference's {@code Lighting}).
 * Comes after {@code ToTensor}.
 */
@Component("Lighting")
public final class Lighting implements Transform {
    private static final int CHANNELS = 3;
    private static final float[] EIGENVALUES = {0.2175f, 0.0188f, 0.0045f};
    private static final float[][] EIGENVECTORS = {
        {-0.5675f, 0.7192f, 0.4009f},
        {-0.5808f, -0.0045f, -0.8140f},
        {-0.5836f, -0.6948f, 0.4203f},
    };

    /** Keys of {@code Lighting}. */
    public static final class Config implements Validated {
        /** Standard deviation of the noise; 0 for none. */
        public double alphastd = 0.1;

        @Override
        public void validate(Checks checks) {
            checks.require(alphastd >= 0 && alphastd < Double.POSITIVE_INFINITY, "alphastd", "0 or more");
        }
    }

    private final double deviation;

    @Inject
    Lighting(Config config) {
        this.deviation = config.alphastd;
    }

    /** @throws IllegalArgumentException if an image has not three channels */
    @Override
    public void apply(Sample sample, RandomStream random) {
        if (deviation == 0) {
            return;
        }
        float[] alpha = new float[CHANNELS];
        for (int i = 0; i < CHANNELS; i++) {
            alpha[i] = (float) (deviation * random.gaussian());
        }
        sample.mapValues(value -> value instanceof FloatArray image ? lit(image, alpha) : value);
    }

    private static FloatArray lit(FloatArray image, float[] alpha) {
        if (image.shape()[0] != CHANNELS) {
            throw new IllegalArgumentException("Lighting knows three channels, found an image of " + image.shape()[0]);
        }
        float[] from = image.values();
        float[] to = new float[from.length];
        int area = from.length / CHANNELS;
        for (int c = 0; c < CHANNELS; c++) {
            float light = 0;
            for (int i = 0; i < CHANNELS; i++) {
                light += EIGENVECTORS[c][i] * alpha[i] * EIGENVALUES[i];
            }
            for (int i = c * area; i < (c + 1) * area; i++) {
                to[i] = from[i] + light;
            }
        }
        return new FloatArray(to, image.shape());
    }
}
