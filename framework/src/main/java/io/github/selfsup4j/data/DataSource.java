package io.github.selfsup4j.data;

import io.github.selfsup4j.registry.Kind;
import java.io.IOException;
import java.util.List;

/** Where pictures come from: a list of pictures with labels. Called from several threads at once. */
@Kind("data_source")
public interface DataSource {
    /** Number of pictures. */
    int size();

    /**
     * Decodes a picture.
     *
     * @param index from 0
     * @throws IOException if it can't be read or decoded; the message names the file
     */
    Image8 image(int index) throws IOException;

    /**
     * The same picture, possibly not decoded yet.
     *
     * @throws IOException if it can't be read
     */
    default Picture picture(int index) throws IOException {
        return image(index);
    }

    /** The class index of a picture; -1 if it has none. */
    int label(int index);

    /** The picture's path, or another name a person can find it by. */
    String describe(int index);

    /** Class names by index; empty if unknown. */
    List<String> classes();
}
