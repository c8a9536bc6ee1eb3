package io.github.selfsup4j.data;

import java.util.SplittableRandom;

/** The {@link RandomStream} of a purpose: SplitMix64 seeded with a hash of the purpose's numbers. */
final class SplittableStream implements RandomStream {
    private final SplittableRandom random;

    SplittableStream(long... purpose) {
        long state = 0x9E3779B97F4A7C15L;
        for (long part : purpose) {
            state = new SplittableRandom(state ^ part).nextLong();
        }
        random = new SplittableRandom(state);
    }

    @Override
    public double uniform(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    @Override
    public int randint(int low, int high) {
        return (int) (low + random.nextLong((long) high - low + 1));
    }

    @Override
    public double gaussian() {
        return random.nextGaussian();
    }
}
