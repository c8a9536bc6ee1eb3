package io.github.selfsup4j.runner;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * What one iteration gave.
 *
 * @param losses every entry of the algorithm's losses, and {@code loss}, the total that was differentiated; empty if
 *     the batch was left out
 * @param gradientNorm total L2 norm before clipping, at iterations at which the optimizer stepped and clipping is on
 * @param batchSize number of samples
 * @param times where its time went
 */
public record StepResult(Map<String, Double> losses, OptionalDouble gradientNorm, int batchSize, StepTimes times) {
    /** The total that was differentiated; not a number if the iteration left its batch out. */
    public double loss() {
        return losses.getOrDefault("loss", Double.NaN);
    }

    /** Whether the iteration left its batch out, after a {@linkplain RunContext#rollBack roll back}. */
    public boolean leftOut() {
        return losses.isEmpty();
    }
}
