package io.github.selfsup4j.hooks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.io.disk.DiskProblem;
import io.github.selfsup4j.io.disk.InputFile;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.tree.Tree;
import io.github.selfsup4j.model.StateLoader;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.MovingAverage;
import io.github.selfsup4j.registry.Component;
import io.github.selfsup4j.runner.Checkpoint;
import io.github.selfsup4j.runner.Priority;
import io.github.selfsup4j.runner.RunContext;
import io.github.selfsup4j.runner.StatefulHook;
import io.github.selfsup4j.runner.StepResult;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps an exponential moving average of all parameters: {@code average = average * (1 - momentum) + value * momentum}.
 * Between epochs the model holds the averages, so checkpoints of epochs and evaluations have them; during an epoch it
 * holds the values that are trained. Reference: {@code EMAHook} of mmcv.
 */
@Component("EMAHook")
public final class EmaHook implements StatefulHook {
    private static final String SWAPPED = "swapped";
    private static final String SHADOW = "shadow";

    /** Keys of {@code EMAHook}. */
    public static final class Config implements Validated {
        /**
         * How fast an average follows its value, in (0, 1); its {@code interval}th power is used, as in the reference.
         */
        public double momentum = 0.0002;
        /** Iterations between updates. */
        public int interval = 1;
        /** In iteration i the momentum is at most (1 + i) / (warm_up + i). */
        public int warmUp = 100;
        /** Checkpoint of another run whose averages to go on with; null to begin with the model's parameters. */
        public Path resumeFrom = null;

        @Override
        public void validate(Checks checks) {
            checks.require(momentum > 0 && momentum < 1, "momentum", "a number between 0 and 1");
            checks.require(interval > 0, "interval", "a positive number");
            checks.require(warmUp >= 1, "warmUp", "a positive number");
        }
    }

    private final Config config;
    private final MovingAverage average;
    /** The averages, or the trained values while the model holds the averages. By parameter name. */
    private final Map<String, NDArray> shadow = new LinkedHashMap<>();

    private boolean swapped;
    private Map<String, HostTensor> loaded = Map.of();
    private NDManager owner;

    @Inject
    EmaHook(Config config, Kernels kernels) {
        this.config = config;
        this.average = new MovingAverage(kernels);
    }

    /** Before checkpoints and evaluations. */
    @Override
    public Priority priority() {
        return Priority.ABOVE_NORMAL;
    }

    @Override
    public void beforeRun(RunContext run) {
        if (loaded.isEmpty() && config.resumeFrom != null) {
            loaded = averages(config.resumeFrom);
        }
        owner = run.manager().newSubManager();
        run.model().namedParameters().forEach((name, parameter) -> shadow.put(name, shadowOf(name, parameter)));
        loaded = Map.of();
    }

    private NDArray shadowOf(String name, Parameter parameter) {
        NDArray array = owner.zeros(
                parameter.getArray().getShape(), parameter.getArray().getDataType());
        HostTensor values = loaded.get(name);
        if (values != null && Arrays.equals(values.shape(), array.getShape().getShape())) {
            StateLoader.copy(values, array);
        } else {
            StateLoader.copy(parameter.getArray(), array);
        }
        return array;
    }

    private Map<String, HostTensor> averages(Path file) {
        InputFile.require(file, "resume_from of an EMAHook");
        try {
            Checkpoint checkpoint = Checkpoint.read(file);
            Tree state = checkpoint.states().get(stateName());
            if (state == null) {
                throw new IllegalArgumentException(
                        file
                                + " holds no averages of an EMAHook: leave out resume_from to begin with the model's parameters");
            }
            return state.asBool(SWAPPED) ? checkpoint.weights() : state.asTensors(SHADOW);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read resume_from " + file + ": " + DiskProblem.reason(e), e);
        }
    }

    @Override
    public void beforeTrainEpoch(RunContext run) {
        if (swapped) {
            swap(run);
        }
    }

    @Override
    public void afterTrainIter(RunContext run, StepResult step) {
        long iteration = run.iteration();
        if (iteration % config.interval == 0) {
            double warm = (1.0 + iteration) / (config.warmUp + iteration);
            double momentum = Math.min(Math.pow(config.momentum, config.interval), warm);
            average.update(List.copyOf(shadow.values()), parameters(run), 1 - momentum);
        }
    }

    private static List<NDArray> parameters(RunContext run) {
        return run.model().namedParameters().values().stream()
                .map(Parameter::getArray)
                .toList();
    }

    @Override
    public void afterTrainEpoch(RunContext run) {
        swap(run);
    }

    private void swap(RunContext run) {
        run.model().namedParameters().forEach((name, parameter) -> {
            try (NDArray held = shadow.get(name).duplicate()) {
                StateLoader.copy(parameter.getArray(), shadow.get(name));
                StateLoader.copy(held, parameter.getArray());
            }
        });
        swapped = !swapped;
    }

    @Override
    public void afterRun(RunContext run) {
        shadow.clear();
        owner.close();
    }

    @Override
    public String stateName() {
        return "EMAHook";
    }

    @Override
    public Tree saveState() {
        Map<String, HostTensor> tensors = new LinkedHashMap<>();
        shadow.forEach((name, array) -> tensors.put(name, StateLoader.onDemand(array)));
        return Tree.mapping()
                .put(SWAPPED, swapped)
                .put(SHADOW, Tree.stateDict(tensors))
                .build();
    }

    @Override
    public void loadState(Tree state) {
        swapped = state.asBool(SWAPPED);
        loaded = state.asTensors(SHADOW);
        shadow.forEach((name, array) -> StateLoader.copy(loaded.get(name), array));
    }
}
