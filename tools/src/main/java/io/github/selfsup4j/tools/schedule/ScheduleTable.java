package io.github.selfsup4j.tools.schedule;

import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.experiment.Experiment;
import io.github.selfsup4j.experiment.PlannedHook;
import io.github.selfsup4j.inject.ComponentFactory;
import io.github.selfsup4j.inject.ComponentPlan;
import io.github.selfsup4j.optim.OptimizerConfig;
import io.github.selfsup4j.optim.ParameterGroup;
import io.github.selfsup4j.runner.Hook;
import io.github.selfsup4j.runner.Progress;
import io.github.selfsup4j.runner.RunLength;
import io.github.selfsup4j.runner.Runner;
import io.github.selfsup4j.runner.Schedule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Learning rate and momentum of every iteration of a run, computed by the run's own hooks without model or data. There
 * is a group for the optimizer's own options, and one for every entry of {@code paramwise_options} that gives another
 * learning rate or momentum, or keeps a schedule off with {@code fix_lr}.
 *
 * @param groups what the groups are
 * @param iterationsPerEpoch iterations to an epoch
 * @param lr by iteration and group
 * @param momentum by iteration and group; null where the optimizer has none
 */
public record ScheduleTable(
        List<String> groups, int iterationsPerEpoch, List<List<Double>> lr, List<List<Double>> momentum) {

    private static final String FIX_LR = "fix_lr";

    /**
     * Computes the table of a config.
     *
     * @throws ConfigException if the config lacks a part that this needs, or a schedule does not fit the run
     */
    public static ScheduleTable of(Experiment experiment, int iterationsPerEpoch) {
        ComponentFactory factory = new ComponentFactory(binder -> {});
        Runner runner = factory.build(required(experiment.runner(), "runner"), Runner.class);
        OptimizerConfig optimizer = required(experiment.optimizer(), "optimizer")
                .config("", OptimizerConfig.class)
                .orElseThrow(() -> ConfigException.of(
                        "the optimizer's config is no OptimizerConfig, so its learning rate is not known"));
        List<Schedule> schedules = experiment.hooks().stream()
                .map(PlannedHook::plan)
                .filter(plan -> Schedule.class.isAssignableFrom(plan.entry().type()))
                .map(plan -> (Schedule) factory.build(plan, Hook.class))
                .toList();
        return compute(schedules, groups(optimizer), runner.length(iterationsPerEpoch), iterationsPerEpoch);
    }

    private static ComponentPlan required(Optional<ComponentPlan> plan, String section) {
        return plan.orElseThrow(
                () -> ConfigException.of("the config has no " + section + ", without which there is no schedule"));
    }

    private static List<ParameterGroup> groups(OptimizerConfig optimizer) {
        ParameterGroup base = new ParameterGroup("all", null, optimizer.options());
        List<ParameterGroup> groups = new ArrayList<>(List.of(base));
        optimizer.paramwiseOptions.forEach((pattern, option) -> {
            Map<String, Double> options = new LinkedHashMap<>(optimizer.options());
            option.applyTo(options, optimizer.options());
            ParameterGroup group = new ParameterGroup(pattern, null, options);
            if (group.lr() != base.lr() || !Objects.equals(momentum(group), momentum(base)) || group.has(FIX_LR)) {
                groups.add(group);
            }
        });
        return groups;
    }

    private static ScheduleTable compute(
            List<Schedule> schedules, List<ParameterGroup> groups, RunLength length, int iterationsPerEpoch) {
        List<List<Double>> lr = new ArrayList<>();
        List<List<Double>> momentum = new ArrayList<>();
        Progress start =
                new Progress(0, 0, length.epochs(), length.iterations(), iterationsPerEpoch, length.countsEpochs());
        for (long iteration = 0; iteration < length.iterations(); iteration++) {
            Progress progress = start.at(iteration);
            schedules.forEach(schedule -> schedule.apply(groups, progress));
            lr.add(groups.stream().map(ParameterGroup::lr).toList());
            momentum.add(groups.stream().map(ScheduleTable::momentum).toList());
        }
        return new ScheduleTable(groups.stream().map(ParameterGroup::name).toList(), iterationsPerEpoch, lr, momentum);
    }

    /** An Adam's momentum is its {@code beta1}. */
    private static Double momentum(ParameterGroup group) {
        return Stream.of("momentum", "beta1")
                .filter(group::has)
                .findFirst()
                .map(group::option)
                .orElse(null);
    }
}
