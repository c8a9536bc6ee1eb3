package io.github.selfsup4j.experiment;

import ai.djl.ndarray.NDManager;
import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.data.BadImages;
import io.github.selfsup4j.data.DataLoader;
import io.github.selfsup4j.data.Dataset;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.inject.ComponentFactory;
import io.github.selfsup4j.io.disk.InputFile;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.weights.KeyRule;
import io.github.selfsup4j.io.weights.StateDicts;
import io.github.selfsup4j.model.Algorithm;
import io.github.selfsup4j.model.FittedOnImages;
import io.github.selfsup4j.model.StateLoader;
import io.github.selfsup4j.model.TransferredWeights;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.runner.Hook;
import io.github.selfsup4j.runner.RunLog;
import io.github.selfsup4j.runner.RunSettings;
import io.github.selfsup4j.runner.TrainingRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A training run from its checked config to its end: builds every part, loads weights, trains. The order is the order
 * in which mistakes cost least: model and weights before data, data before training.
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
     * @param options what to start with
     * @param resume the checkpoint to go on from
     * @param begin called when nothing that can be known before training is wrong: then the run may leave traces
     * @throws ConfigException if something in the config can't be had, such as a file
     * @throws IOException if a file can't be read or written
     */
    public void train(StartOptions options, Optional<ResumePoint> resume, Runnable begin) throws IOException {
        experiment.remark(options, settings).ifPresent(log::info);
        try (NDManager manager = NDManager.newBaseManager(settings.device(), "PyTorch")) {
            Kernels kernels = new Kernels(manager, settings.precision());
            BadImages badImages = BadImages.kept(settings.workDirectory().resolve(BadImages.FILE), log::warn);
            ComponentFactory factory = RunBuilder.factory(kernels, settings, badImages);
            Algorithm model = ModelBuilder.build(
                    RunBuilder.required(experiment.model(), "model"), factory, manager, settings.seed());
            resume.ifPresent(point -> point.compare(experiment, options.allowChanges(), log));
            ModelBuilder.requireWeights(model, loadWeights(model, resume, options));
            Dataset dataset =
                    factory.build(RunBuilder.required(experiment.trainingData(), "data.train"), Dataset.class);
            try (DataLoader loader = new DataLoader(dataset, loaderSettings(), badImages)) {
                requireBatches(loader, dataset);
                begin.run();
                badImages.begin(resume.isPresent());
                fit(model, dataset, badImages, manager);
                TrainingRun run = new RunBuilder(experiment, settings, log)
                        .build(model, manager, kernels, factory, loader, furtherHooks);
                resume.ifPresent(point -> run.resume(point.checkpoint(), point.file(), options.allowChanges()));
                run.run();
            }
        }
    }

    /**
     * Weights of the checkpoint to resume or to start from.
     *
     * @return the names that were loaded
     */
    private Collection<String> loadWeights(Algorithm model, Optional<ResumePoint> resume, StartOptions options)
            throws IOException {
        if (resume.isPresent()) {
            return resumeWeights(model, resume.get(), options.allowChanges());
        }
        Optional<Path> loadFrom =
                options.loadFrom().or(() -> Optional.ofNullable(config.loadFrom).map(Path::of));
        if (loadFrom.isPresent()) {
            Path path = loadFrom.get();
            InputFile.require(path, "a checkpoint to load weights from");
            List<KeyRule> rules = config.reviseKeys.stream()
                    .map(rule -> KeyRule.of(rule.get(0), rule.get(1)))
                    .toList();
            Map<String, HostTensor> weights = StateDicts.load(path, rules);
            StateLoader.Report report = TransferredWeights.load(model, weights, path.toString());
            log.info("weights from " + path + ": " + report);
            return report.matched();
        }
        return List.of();
    }

    private Collection<String> resumeWeights(Algorithm model, ResumePoint resume, boolean allowChanges) {
        Map<String, HostTensor> weights = resume.checkpoint().weights();
        if (!allowChanges) {
            StateLoader.loadStrictly(model, weights, resume.file().toString());
            return weights.keySet();
        }
        StateLoader.Report report =
                StateLoader.load(model, weights, resume.file().toString());
        log.info("weights from " + resume.file() + ": " + report);
        return report.matched();
    }

    private DataLoader.Settings loaderSettings() {
        DataConfig data = config.data;
        DataConfig.Loader own = data.trainDataloader;
        return new DataLoader.Settings(
                own.samplesPerGpu == null ? data.samplesPerGpu : own.samplesPerGpu,
                own.workersPerGpu == null ? data.workersPerGpu : own.workersPerGpu,
                own.shuffle == null || own.shuffle,
                own.dropLast == null ? data.dropLast : own.dropLast,
                settings.seed(),
                data.maxBadFraction,
                data.workerTimeout);
    }

    private static void requireBatches(DataLoader loader, Dataset dataset) {
        if (loader.batches() == 0) {
            throw ConfigException.of("data.train has " + dataset.size()
                    + " samples, which is no batch at all; lower samples_per_gpu, or set drop_last: false");
        }
    }

    /** Fits the parts of the model that are fitted to images, before training. */
    private void fit(Algorithm model, Dataset dataset, BadImages badImages, NDManager manager) {
        for (FittedOnImages part : ModelBuilder.parts(model.layer(), FittedOnImages.class)) {
            if (!part.fitted()) {
                long start = System.nanoTime();
                DataLoader.Settings inOrder = new DataLoader.Settings(
                        256,
                        config.data.workersPerGpu,
                        false,
                        false,
                        settings.seed(),
                        config.data.maxBadFraction,
                        config.data.workerTimeout);
                try (DataLoader loader = new DataLoader(dataset, inOrder, badImages);
                        BatchIterator batches = new BatchIterator(loader.epoch(0, 0), manager)) {
                    part.fit(batches, RandomStream.of(settings.seed(), FIT));
                }
                log.info(String.format(
                        "%s fitted to the training images in %.1f s",
                        part.getClass().getSimpleName(), (System.nanoTime() - start) / 1e9));
            }
        }
    }
}
