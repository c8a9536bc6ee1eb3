package io.github.selfsup4j.plugins.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.selfsup4j.data.DataSource;
import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.data.LongArray;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.data.Sample;
import io.github.selfsup4j.data.Transform;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SingleViewDatasetTest {
    @Test
    void theSampleIsThePictureAfterThePipelineInOrderWithLabelAndIndex() throws IOException {
        PictureTable table = new PictureTable(1, 1, 1, new byte[] {10, 20}, new byte[] {3, 4});
        Transform plusOne = (sample, random) ->
                sample.mapImages(image -> new Image8(1, 1, 1, new byte[] {(byte) (image.value(0, 0, 0) + 1)}));
        Transform twice = (sample, random) ->
                sample.mapImages(image -> new Image8(1, 1, 1, new byte[] {(byte) (image.value(0, 0, 0) * 2)}));
        SingleViewDataset dataset =
                new SingleViewDataset(new SingleViewDataset.Config(), source(table), List.of(plusOne, twice));
        assertEquals(2, dataset.size());
        Sample sample = dataset.sample(1, RandomStream.of(1));
        assertEquals(List.of("img", "label", "idx"), List.copyOf(sample.names()));
        assertEquals(42, sample.image("img").value(0, 0, 0));
        assertArrayEquals(new long[] {4}, ((LongArray) sample.get("label")).values());
        assertArrayEquals(new long[0], ((LongArray) sample.get("label")).shape());
        assertArrayEquals(new long[] {1}, ((LongArray) sample.get("idx")).values());
    }

    private static DataSource source(PictureTable table) {
        return new DataSource() {
            @Override
            public int size() {
                return table.size();
            }

            @Override
            public Image8 image(int index) {
                return table.image(index);
            }

            @Override
            public int label(int index) {
                return table.label(index);
            }

            @Override
            public String describe(int index) {
                return "picture " + index;
            }

            @Override
            public List<String> classes() {
                return List.of();
            }
        };
    }
}
