package io.github.selfsup4j.tools.experiment;

import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.data.DataLoader;
import io.github.selfsup4j.data.Dataset;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.inject.ComponentFactory;
import io.github.selfsup4j.inject.ComponentPlan;
import io.github.selfsup4j.io.HostTensor;
import io.github.selfsup4j.io.KeyRule;
import io.github.selfsup4j.io.StateDicts;
import io.github.selfsup4j.model.Algorithm;
import io.github.selfsup4j.model.FittedOnImages;
import io.github.selfsup4j.model.StateLoader;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Precision;
import io.github.selfsup4j.optim.LossScaling;
import io.github.selfsup4j.optim.Optimizer;
import io.github.selfsup4j.runner.Checkpoint;
import io.github.selfsup4j.runner.Hook;
import io.github.selfsup4j.runner.HookList;
import io.github.selfsup4j.runner.ParameterUpdate;
import io.github.selfsup4j.runner.RunInfo;
import io.github.selfsup4j.runner.RunLog;
import io.github.selfsup4j.runner.RunSettings;
import io.github.selfsup4j.runner.Runner;
import io.github.selfsup4j.runner.TrainingRun;

import ai.djl.ndarray.NDManager;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A training run from its checked config to its end: builds every part, loads weights, trains. The order
 * is the order in which mistakes cost least: model and weights before data, data before training.
 */
public final class TrainingSession {
    /** Stands where training has an epoch, so that fitting has a random stream of its own. */
    private static final long FIT = -1;

    private final Experiment experiment;
    private final RunConfig config;
    private final RunSettings settings;
    private final RunLog log;
    private final List<Hook> furtherHooks;

    /**
     * A session.
     *
     * @param experiment without problems
     * @param furtherHooks those of the caller, such as a progress bar
     */
    public TrainingSession(Experiment experiment, RunSettings settings, RunLog log, List<Hook> furtherHooks) {
        this.experiment = experiment;
        this.config = experiment.config();
        this.settings = settings;
        this.log = log;
        this.furtherHooks = furtherHooks;
    }

    /**
     * Trains.
     *
     * @param options where to start from
     * @throws ConfigException if something in the config can't be had, such as a file
     * @throws IOException if a file can't be read or written
     */
    public void train(StartOptions options) throws IOException {
        try (NDManager manager = NDManager.newBaseManager(settings.device(), "PyTorch")) {
            Kernels kernels = new Kernels(manager, settings.precision());
            ComponentFactory factory = new ComponentFactory(binder -> {
                binder.bind(Kernels.class).toInstance(kernels);
                binder.bind(RunSettings.class).toInstance(settings);
            });
            Algorithm model = ModelBuilder.build(required(experiment.model(), "model"), factory, manager, settings.seed());
            Optional<Path> resumeFrom = resumeFrom(options);
            Optional<Checkpoint> checkpoint = loadWeights(model, resumeFrom, options);
            ModelBuilder.requireWeights(model);
            Dataset dataset = factory.build(required(experiment.trainingData(), "data.train"), Dataset.class);
            try (DataLoader loader = new DataLoader(dataset, loaderSettings(), log::warn)) {
                requireBatches(loader, dataset);
                fit(model, dataset, manager);
                TrainingRun run = run(model, manager, kernels, factory, loader);
                checkpoint.ifPresent(found -> run.resume(found, resumeFrom.get().toString()));
                run.run();
            }
        }
    }

    private static ComponentPlan required(Optional<ComponentPlan> plan, String section) {
        return plan.orElseThrow(() -> ConfigException.of("the config has no " + section + ", which training needs"));
    }

    private Optional<Path> resumeFrom(StartOptions options) {
        Optional<Path> named = options.resumeFrom().or(() -> Optional.ofNullable(config.resumeFrom).map(Path::of));
        named.filter(Files::notExists).ifPresent(path -> {
            throw ConfigException.of("there is no checkpoint " + path + " to resume from");
        });
        if (named.isEmpty() && (options.autoResume() || config.autoResume)) {
            Path latest = settings.workDirectory().resolve("latest.pth");
            named = Optional.of(latest).filter(Files::exists);
            log.info(named.isPresent() ? "resuming from " + latest : "no checkpoint in " + settings.workDirectory() + " yet: starting anew");
        }
        return named;
    }

    private Optional<Checkpoint> loadWeights(Algorithm model, Optional<Path> resumeFrom, StartOptions options) throws IOException {
        if (resumeFrom.isPresent()) {
            Checkpoint checkpoint = Checkpoint.read(resumeFrom.get());
            StateLoader.loadStrictly(model, checkpoint.weights(), resumeFrom.get().toString());
            return Optional.of(checkpoint);
        }
        Optional<Path> loadFrom = options.loadFrom().or(() -> Optional.ofNullable(config.loadFrom).map(Path::of));
        if (loadFrom.isPresent()) {
            Path path = loadFrom.get();
            if (Files.notExists(path)) {
                throw ConfigException.of("there is no checkpoint " + path + " to load weights from");
            }
            List<KeyRule> rules = config.reviseKeys.stream().map(rule -> KeyRule.of(rule.get(0), rule.get(1))).toList();
            Map<String, HostTensor> weights = StateDicts.load(path, rules);
            log.info("weights from " + path + ": " + StateLoader.load(model, weights, path.toString()));
        }
        return Optional.empty();
    }

    private DataLoader.Settings loaderSettings() {
        DataConfig data = config.data;
        DataConfig.Loader own = data.trainDataloader;
        return new DataLoader.Settings(own.samplesPerGpu == null ? data.samplesPerGpu : own.samplesPerGpu,
                own.workersPerGpu == null ? data.workersPerGpu : own.workersPerGpu, own.shuffle == null || own.shuffle,
                own.dropLast == null ? data.dropLast : own.dropLast, settings.seed(), data.maxBadFraction);
    }

    private static void requireBatches(DataLoader loader, Dataset dataset) {
        if (loader.batches() == 0) {
            throw ConfigException.of("data.train has " + dataset.size() + " samples, which is no batch at all; lower samples_per_gpu, or set drop_last: false");
        }
    }

    /** Fits the parts of the model that are fitted to images, before training. */
    private void fit(Algorithm model, Dataset dataset, NDManager manager) {
        for (FittedOnImages part : ModelBuilder.parts(ModelBuilder.layer(model), FittedOnImages.class)) {
            if (!part.fitted()) {
                long start = System.nanoTime();
                DataLoader.Settings inOrder = new DataLoader.Settings(256, config.data.workersPerGpu, false, false, settings.seed(), config.data.maxBadFraction);
                try (DataLoader loader = new DataLoader(dataset, inOrder, log::warn); BatchIterator batches = new BatchIterator(loader.epoch(0, 0), manager)) {
                    part.fit(batches, RandomStream.of(settings.seed(), FIT));
                }
                log.info(String.format("%s fitted to the training images in %.1f s", part.getClass().getSimpleName(), (System.nanoTime() - start) / 1e9));
            }
        }
    }

    private TrainingRun run(Algorithm model, NDManager manager, Kernels kernels, ComponentFactory factory, DataLoader loader) {
        Optimizer optimizer = factory.build(required(experiment.optimizer(), "optimizer"), Optimizer.class);
        optimizer.attach(model.namedParameters());
        Optional<LossScaling> scaling = settings.precision() != Precision.FP16 ? Optional.empty()
                : Optional.of(new LossScaling(config.fp16 == null ? new LossScaling.Config() : config.fp16));
        ParameterUpdate update = new ParameterUpdate(optimizer, config.optimizerConfig, scaling, kernels);
        HookList hooks = new HookList();
        for (PlannedHook planned : experiment.hooks()) {
            Hook hook = factory.build(planned.plan(), Hook.class);
            hooks.add(hook, planned.priority().orElse(hook.priority().value()));
        }
        furtherHooks.forEach(hooks::add);
        log.info(hooks.table());
        RunInfo info = new RunInfo(experiment.name(), settings.seed(), Environment.describe(settings), experiment.effectiveConfig());
        Runner runner = factory.build(required(experiment.runner(), "runner"), Runner.class);
        return new TrainingRun(settings, info, model, manager, update, loader, runner, hooks, log);
    }
}
