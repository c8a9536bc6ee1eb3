package io.github.selfsup4j.data;

/**
 * Where transforms and algorithms draw random numbers from. A stream is derived from what it is for (seed, epoch,
 * index), so results depend neither on the number of workers nor on what ran before.
 */
public interface RandomStream {
    /** Uniform in [low, high). */
    double uniform(double low, double high);

    /** Uniform among the integers from {@code low} to {@code high}, both included. */
    int randint(int low, int high);

    /** Standard normal. */
    double gaussian();

    /** A random order of {@code 0..size-1}. */
    default int[] permutation(int size) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int j = randint(0, i);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** The stream of a purpose, for example {@code of(seed, epoch, index)}. */
    static RandomStream of(long... purpose) {
        return new SplittableStream(purpose);
    }
}
