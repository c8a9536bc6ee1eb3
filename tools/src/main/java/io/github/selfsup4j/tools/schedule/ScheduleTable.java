package io.github.selfsup4j.tools.schedule;

import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.inject.ComponentFactory;
import io.github.selfsup4j.inject.ComponentPlan;
import io.github.selfsup4j.optim.OptimizerConfig;
import io.github.selfsup4j.optim.ParamwiseOption;
import io.github.selfsup4j.runner.Hook;
import io.github.selfsup4j.runner.Progress;
import io.github.selfsup4j.runner.RunLength;
import io.github.selfsup4j.runner.Runner;
import io.github.selfsup4j.runner.Schedule;
import io.github.selfsup4j.tools.experiment.Experiment;
import io.github.selfsup4j.tools.experiment.PlannedHook;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Learning rate and momentum of every iteration of a run, computed by the run's own hooks without model or
 * data. There is a group for the optimizer's own options, and one for every entry of {@code
 * paramwise_options} that gives another learning rate or momentum.
 *
 * @param groups what the groups are
 * @param iterationsPerEpoch iterations to an epoch
 * @param lr by iteration and group
 * @param momentum by iteration and group; null where the optimizer has none
 */
public record ScheduleTable(List<String> groups, int iterationsPerEpoch, List<List<Double>> lr, List<List<Double>> momentum) {

    /** Computes the table of a config. */
    public static ScheduleTable of(Experiment experiment, int iterationsPerEpoch) {
        ComponentFactory factory = new ComponentFactory(binder -> {});
        Runner runner = factory.build(required(experiment.runner(), "runner"), Runner.class);
        OptimizerConfig optimizer = required(experiment.optimizer(), "optimizer").config("", OptimizerConfig.class)
                .orElseThrow(() -> ConfigException.of("the optimizer's config is no OptimizerConfig, so its learning rate is not known"));
        List<Schedule> schedules = experiment.hooks().stream().map(PlannedHook::plan)
                .filter(plan -> Schedule.class.isAssignableFrom(plan.entry().type()))
                .map(plan -> (Schedule) factory.build(plan, Hook.class)).toList();
        return compute(schedules, initialOptions(optimizer), runner.length(iterationsPerEpoch), iterationsPerEpoch);
    }

    private static ComponentPlan required(Optional<ComponentPlan> plan, String section) {
        return plan.orElseThrow(() -> ConfigException.of("the config has no " + section + ", without which there is no schedule"));
    }

    private static Map<String, Map<String, Double>> initialOptions(OptimizerConfig optimizer) {
        Map<String, Double> base = optimizer.options();
        Map<String, Map<String, Double>> groups = new LinkedHashMap<>(Map.of("all", base));
        optimizer.paramwiseOptions.forEach((pattern, option) -> {
            Map<String, Double> options = merged(base, option);
            if (!initial(options, "lr").equals(initial(base, "lr")) || !initial(options, "momentum").equals(initial(base, "momentum"))) {
                groups.put(pattern, options);
            }
        });
        return groups;
    }

    private static Map<String, Double> merged(Map<String, Double> base, ParamwiseOption option) {
        Map<String, Double> options = new LinkedHashMap<>(base);
        option.applyTo(options, base);
        return options;
    }

    /** The option that a schedule of a quantity sets: an Adam's momentum is its {@code beta1}. */
    private static Optional<Double> initial(Map<String, Double> options, String quantity) {
        return Optional.ofNullable(options.get(quantity.equals("momentum") && options.containsKey("beta1") ? "beta1" : quantity));
    }

    private static ScheduleTable compute(List<Schedule> schedules, Map<String, Map<String, Double>> groups, RunLength length, int iterationsPerEpoch) {
        List<List<Double>> lr = new ArrayList<>();
        List<List<Double>> momentum = new ArrayList<>();
        Progress start = new Progress(0, 0, length.epochs(), length.iterations(), iterationsPerEpoch, length.countsEpochs());
        for (long iteration = 0; iteration < length.iterations(); iteration++) {
            Progress progress = start.at(iteration);
            lr.add(values("lr", schedules, groups, progress));
            momentum.add(values("momentum", schedules, groups, progress));
        }
        return new ScheduleTable(List.copyOf(groups.keySet()), iterationsPerEpoch, lr, momentum);
    }

    private static List<Double> values(String quantity, List<Schedule> schedules, Map<String, Map<String, Double>> groups, Progress progress) {
        Optional<Schedule> schedule = schedules.stream().filter(candidate -> candidate.quantity().equals(quantity)).findFirst();
        List<Double> values = new ArrayList<>();
        int group = 0;
        for (Map<String, Double> options : groups.values()) {
            int index = group++;
            Optional<Double> initial = initial(options, quantity);
            values.add(schedule.isEmpty() ? initial.orElse(null)
                    : initial.map(value -> schedule.get().value(value, index, progress)).orElse(null));
        }
        return values;
    }
}
