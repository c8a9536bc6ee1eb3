package io.github.selfsup4j.tools.trace;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.data.RepeatedBatch;
import io.github.selfsup4j.experiment.Experiment;
import io.github.selfsup4j.experiment.ModelBuilder;
import io.github.selfsup4j.experiment.RunBuilder;
import io.github.selfsup4j.inject.ComponentFactory;
import io.github.selfsup4j.io.numpy.Npz;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.torch.PthFile;
import io.github.selfsup4j.io.tree.Tree;
import io.github.selfsup4j.io.weights.StateDicts;
import io.github.selfsup4j.model.Algorithm;
import io.github.selfsup4j.model.StateLoader;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.optim.GradientClip;
import io.github.selfsup4j.optim.Gradients;
import io.github.selfsup4j.optim.OptimizerSettings;
import io.github.selfsup4j.optim.ParameterGroup;
import io.github.selfsup4j.runner.RunLog;
import io.github.selfsup4j.runner.RunSettings;
import io.github.selfsup4j.runner.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a model on given weights and inputs and writes down what it computes, for whoever compares it with another
 * implementation. The first forward and backward pass is recorded, then undone; the training steps that follow start
 * from the given weights.
 */
public final class Tracer {
    private final Experiment experiment;
    private final RunSettings settings;
    private final RunLog log;

    /**
     * A tracer.
     *
     * @param settings their work directory is where the results go
     */
    public Tracer(Experiment experiment, RunSettings settings, RunLog log) {
        this.experiment = experiment;
        this.settings = settings;
        this.log = log;
    }

    /**
     * Traces.
     *
     * @param weights file with every parameter and buffer of the model
     * @param inputs {@code .npz} with the arrays of the batch
     * @param steps number of training steps
     * @param iterationsPerEpoch iterations to an epoch
     * @throws ConfigException if weights or inputs do not fit the model
     */
    public void trace(Path weights, Path inputs, int steps, int iterationsPerEpoch) throws IOException {
        Path out = settings.workDirectory();
        Files.createDirectories(out);
        GivenArrays data = new GivenArrays(Npz.read(inputs));
        try (NDManager manager = NDManager.newBaseManager(settings.device(), "PyTorch")) {
            Kernels kernels = new Kernels(manager, settings.precision());
            ComponentFactory factory = RunBuilder.factory(kernels, settings);
            Algorithm model = ModelBuilder.build(
                    experiment.model().orElseThrow(() -> ConfigException.of("the config has no model")),
                    factory,
                    manager,
                    settings.seed());
            Map<String, HostTensor> given = StateDicts.load(weights);
            ModelBuilder.loadWhole(model, given, weights.toString());
            Map<String, HostTensor> before = StateLoader.save(model);

            tellGradientNorms();
            TrainingRun run = new RunBuilder(experiment, settings, log)
                    .build(
                            model,
                            manager,
                            kernels,
                            factory,
                            new RepeatedBatch(data, iterationsPerEpoch),
                            List.of(new StepLosses(out)));
            try {
                recordFirstPass(model, data, manager, new Gradients(kernels), run.parameterGroups(), out);
            } catch (EngineException | IllegalArgumentException | IndexOutOfBoundsException e) {
                throw doesNotFit(inputs, data, e);
            }
            StateLoader.loadStrictly(model, before, "the weights");
            run.drawFrom(iteration -> data.draws(RandomStream.of(settings.seed(), iteration)));
            run.run(steps);
            PthFile.write(out.resolve("weights.pth"), Tree.stateDict(StateLoader.onDemand(model)));
        }
    }

    /**
     * Gradients that are not to be clipped are clipped at infinity: that leaves them as they are, and tells their norm.
     */
    private void tellGradientNorms() {
        OptimizerSettings update = experiment.config().optimizerConfig;
        if (update.gradClip == null) {
            update.gradClip = new GradientClip();
            update.gradClip.maxNorm = Double.POSITIVE_INFINITY;
        }
    }

    /** What the engine has to say is at the end of its traceback. */
    private static ConfigException doesNotFit(Path inputs, GivenArrays data, Exception e) {
        String[] lines = String.valueOf(e.getMessage()).strip().split("\n");
        ConfigException mistake = ConfigException.of("the arrays of " + inputs + " do not fit the model: "
                + lines[lines.length - 1] + "\n" + data.describe());
        mistake.initCause(e);
        return mistake;
    }

    private void recordFirstPass(
            Algorithm model,
            GivenArrays data,
            NDManager manager,
            Gradients gradients,
            List<ParameterGroup> groups,
            Path out)
            throws IOException {
        Map<String, HostTensor> outputs = new LinkedHashMap<>();
        try (NDManager scope = manager.newSubManager()) {
            try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
                Pass pass = Pass.training(scope, data.draws(RandomStream.of(settings.seed(), 0)))
                        .recordingTo((name, array) -> outputs.put(unique(name, outputs), StateLoader.toHost(array)));
                collector.backward(model.forwardTrain(data.toBatch(scope), pass).total());
            }
            List<NDArray> arrays = gradients.of(groups, scope);
            Map<String, HostTensor> byName = new LinkedHashMap<>();
            for (int i = 0; i < arrays.size(); i++) {
                if (arrays.get(i) != null) {
                    byName.put(groups.get(i).name(), StateLoader.toHost(arrays.get(i)));
                }
            }
            gradients.clear(groups);
            Npz.write(out.resolve("grads.npz"), byName);
        }
        Npz.write(out.resolve("outputs.npz"), outputs);
    }

    /** The (n+1)-th result of one name in a pass is {@code name#n}. */
    private static String unique(String name, Map<String, HostTensor> outputs) {
        String candidate = name;
        for (int n = 1; outputs.containsKey(candidate); n++) {
            candidate = name + "#" + n;
        }
        return candidate;
    }
}
