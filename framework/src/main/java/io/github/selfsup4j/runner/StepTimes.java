package io.github.selfsup4j.runner;

/**
 * Where the time of an iteration went, in seconds. On CUDA work is done later than it is asked for, so only the sum
 * tells much.
 *
 * @param data waiting for the batch, and bringing it to the device
 * @param forward forward pass and losses
 * @param backward gradients
 * @param optimizer clipping, step and zeroing
 */
public record StepTimes(double data, double forward, double backward, double optimizer) {
    private static final double NANO = 1e-9;

    static StepTimes ofNanos(long data, long forward, long backward, long optimizer) {
        return new StepTimes(data * NANO, forward * NANO, backward * NANO, optimizer * NANO);
    }

    /** All of it. */
    public double total() {
        return data + forward + backward + optimizer;
    }
}
