package io.github.selfsup4j.optim;

/**
 * Accumulation of gradients: which iterations the optimizer steps after, and what share of a step each one's loss is.
 *
 * @param interval number of iterations to a step
 * @param stepsAtEnd whether the iterations left over at the end of a run make a step of their own (MMSelfSup's
 *     {@code DistOptimizerHook}), or count for nothing ({@code GradAccumFp16OptimizerHook})
 */
public record Accumulation(int interval, boolean stepsAtEnd) {
    /**
     * The number that an iteration's loss is divided by.
     *
     * @param iteration counted from 0
     * @param iterations of the whole run
     */
    public long divisor(long iteration, long iterations) {
        long leftOver = iterations % interval;
        return stepsAtEnd && iteration >= iterations - leftOver ? leftOver : interval;
    }

    /** Whether the optimizer steps after an iteration. Parameters as of {@link #divisor}. */
    public boolean stepsAfter(long iteration, long iterations) {
        return (iteration + 1) % interval == 0 || (stepsAtEnd && iteration + 1 == iterations);
    }
}
