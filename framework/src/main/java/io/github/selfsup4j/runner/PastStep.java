package io.github.selfsup4j.runner;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * One of the last iterations of a run.
 *
 * @param iteration its number, from 0
 * @param learningRate of the first parameter group
 * @param loss the total that was differentiated
 * @param gradientNorm before clipping, if it is known
 * @param skipped whether loss scaling skipped the optimizer's step
 * @param origins paths, or other names, of the samples of its batch; made when asked for
 */
public record PastStep(
        long iteration,
        double learningRate,
        double loss,
        OptionalDouble gradientNorm,
        boolean skipped,
        Supplier<List<String>> origins) {

    /** Whether a number of it is not finite, and the optimizer stepped nevertheless. */
    public boolean invalid() {
        return !skipped && !(Double.isFinite(loss) && Double.isFinite(gradientNorm.orElse(0)));
    }
}
