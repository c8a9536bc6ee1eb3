package io.github.selfsup4j.runner;

import io.github.selfsup4j.optim.ParameterGroup;
import java.util.List;

/**
 * A hook that sets an option of the parameter groups from nothing but how far the run is. So its values can be had
 * without a run: that is how {@code selfsup schedule} plots them.
 */
public interface Schedule extends Hook {
    /**
     * Sets what an iteration trains with.
     *
     * @param groups whose options are set, from their {@linkplain ParameterGroup#initial initial} values
     * @param progress where the run is: in that iteration
     * @throws io.github.selfsup4j.config.ConfigException if the schedule does not fit the run or the optimizer
     */
    void apply(List<ParameterGroup> groups, Progress progress);

    @Override
    default void beforeTrainIter(RunContext run) {
        apply(run.parameterGroups(), run.progress());
    }
}
