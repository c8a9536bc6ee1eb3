package io.github.selfsup4j.data;

import io.github.selfsup4j.registry.Kind;
import java.io.IOException;

/** Pictures turned into training examples. Called from several threads at once. */
@Kind("dataset")
public interface Dataset {
    /** Number of samples. */
    int size();

    /**
     * Makes a sample. All samples of a dataset have the same names and shapes.
     *
     * @param index from 0
     * @throws IOException if its picture can't be read or decoded
     */
    Sample sample(int index, RandomStream random) throws IOException;

    /** The source of the pictures. */
    DataSource source();
}
