package io.github.selfsup4j.tools.terminal;

import io.github.selfsup4j.data.DataSource;
import io.github.selfsup4j.data.Dataset;
import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.data.Sample;
import java.io.IOException;
import java.util.List;

/**
 * Some samples of a dataset, evenly spaced.
 *
 * @param size how many, at most as many as there are
 */
public record EverySoMany(Dataset all, int size) implements Dataset {
    private int place(int index) {
        return (int) ((long) index * all.size() / size);
    }

    @Override
    public Sample sample(int index, RandomStream random) throws IOException {
        return all.sample(place(index), random);
    }

    @Override
    public DataSource source() {
        return new DataSource() {
            @Override
            public int size() {
                return size;
            }

            @Override
            public Image8 image(int index) throws IOException {
                return all.source().image(place(index));
            }

            @Override
            public int label(int index) {
                return all.source().label(place(index));
            }

            @Override
            public String describe(int index) {
                return all.source().describe(place(index));
            }

            @Override
            public List<String> classes() {
                return all.source().classes();
            }
        };
    }
}
