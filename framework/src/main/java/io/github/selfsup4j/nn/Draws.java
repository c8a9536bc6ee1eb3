package io.github.selfsup4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.selfsup4j.data.RandomStream;
import java.util.function.Function;

/**
 * The random numbers of one forward pass. Every draw has a name, so that recorded draws can stand in for it when a
 * model is compared with another implementation.
 */
public interface Draws {
    /**
     * The array of a draw.
     *
     * @param name what is drawn, for example {@code noise} or {@code rand_0}
     * @param manager the owner of the array
     * @param make draws it from the pass's random stream
     */
    NDArray draw(String name, NDManager manager, Function<RandomStream, NDArray> make);

    /** Draws from a stream. */
    static Draws from(RandomStream random) {
        return (name, manager, make) -> make.apply(random);
    }
}
