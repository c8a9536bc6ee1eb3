package io.github.selfsup4j.nn;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Exponential moving average of parameters, for every algorithm and hook that keeps one. */
public final class MovingAverage {
    private final Kernel kernel;

    /** @param kernels the run's */
    public MovingAverage(Kernels kernels) {
        kernel = kernels.load(MovingAverage.class, "moving_average.torchscript", Map.of());
    }

    /**
     * Moves averages towards values: {@code average = average * momentum + value * (1 - momentum)}.
     *
     * @param averages changed in place
     * @param values in the same order; no gradient flows through them
     */
    public void update(Collection<Parameter> averages, Collection<Parameter> values, double momentum) {
        update(
                averages.stream().map(Parameter::getArray).toList(),
                values.stream().map(Parameter::getArray).toList(),
                momentum);
    }

    /** As {@link #update(Collection, Collection, double)}, for arrays. */
    public void update(List<NDArray> averages, List<NDArray> values, double momentum) {
        try (NDManager scope = averages.get(0).getManager().newSubManager(Device.cpu());
                NoGradient off = new NoGradient()) {
            kernel.callAll("update", List.of(scope.create(momentum)), List.of(averages, values));
        }
    }

    /** Sets averages to values. */
    public void reset(Collection<Parameter> averages, Collection<Parameter> values) {
        update(averages, values, 0);
    }
}
