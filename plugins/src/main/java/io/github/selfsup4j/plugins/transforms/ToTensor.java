package io.github.selfsup4j.plugins.transforms;

import io.github.selfsup4j.data.FloatArray;
import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.data.Picture;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.data.Sample;
import io.github.selfsup4j.data.Transform;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;

/** Turns every picture into float32 {@code [channels, height, width]} in [0, 1] (torchvision's {@code ToTensor}). */
@Component("ToTensor")
public final class ToTensor implements Transform {
    private static final float[] UNIT = new float[256];

    static {
        for (int value = 0; value < UNIT.length; value++) {
            UNIT[value] = value / 255f;
        }
    }

    @Inject
    ToTensor() {}

    @Override
    public void apply(Sample sample, RandomStream random) {
        sample.mapValues(value -> value instanceof Picture picture ? toTensor(picture.decoded()) : value);
    }

    private static FloatArray toTensor(Image8 image) {
        int area = image.height() * image.width();
        int channels = image.channels();
        byte[] pixels = image.pixels();
        float[] values = new float[area * channels];
        for (int channel = 0; channel < channels; channel++) {
            for (int i = 0, from = channel, to = channel * area; i < area; i++, from += channels) {
                values[to + i] = UNIT[pixels[from] & 0xff];
            }
        }
        return new FloatArray(values, channels, image.height(), image.width());
    }
}
