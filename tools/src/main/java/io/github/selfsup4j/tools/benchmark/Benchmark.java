package io.github.selfsup4j.tools.benchmark;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.data.Batch;
import io.github.selfsup4j.data.DataLoader;
import io.github.selfsup4j.data.Dataset;
import io.github.selfsup4j.data.RepeatedBatch;
import io.github.selfsup4j.data.TrainingData;
import io.github.selfsup4j.experiment.Experiment;
import io.github.selfsup4j.experiment.ModelBuilder;
import io.github.selfsup4j.experiment.RunBuilder;
import io.github.selfsup4j.inject.ComponentException;
import io.github.selfsup4j.inject.ComponentFactory;
import io.github.selfsup4j.model.Algorithm;
import io.github.selfsup4j.model.PatchMask;
import io.github.selfsup4j.model.Tokenizer;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.runner.Hook;
import io.github.selfsup4j.runner.RunContext;
import io.github.selfsup4j.runner.RunLog;
import io.github.selfsup4j.runner.RunSettings;
import io.github.selfsup4j.runner.StepResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Measures what a config costs: whole training steps, the data pipeline, or the tokenizer. */
public final class Benchmark {
    private static final int WARM_UP = 2;
    /** Java code reaches its speed by being run. */
    private static final double WARM_UP_SECONDS = 5;

    private final Experiment experiment;
    private final Supplier<Experiment> withoutData;
    private final RunSettings settings;
    private final RunLog log;
    private final int batchSize;
    private final int iterations;

    /**
     * A benchmark.
     *
     * @param withoutData the same with random images, for when the config's own are not there
     * @param batchSize images in a batch
     * @param iterations how many to measure, after two that are not
     */
    public Benchmark(
            Experiment experiment,
            Supplier<Experiment> withoutData,
            RunSettings settings,
            RunLog log,
            int batchSize,
            int iterations) {
        this.experiment = experiment;
        this.withoutData = withoutData;
        this.settings = settings;
        this.log = log;
        this.batchSize = batchSize;
        this.iterations = iterations;
    }

    /** Training steps on one batch, over and over. */
    public Timings steps() {
        return withModel((model, manager, kernels, factory, batch) -> {
            List<Map<String, Double>> measured = new ArrayList<>();
            TrainingData data = new RepeatedBatch(batch, WARM_UP + iterations);
            new RunBuilder(experiment, settings, log)
                    .build(model, manager, kernels, factory, data, List.of(new StepClock(measured)))
                    .run(WARM_UP + iterations);
            return measured;
        });
    }

    /** The tokenizer of the model on the masked patches of one batch. */
    public Timings tokenizer() {
        return withModel((model, manager, kernels, factory, batch) -> {
            Tokenizer tokenizer = ModelBuilder.parts(model.layer(), Tokenizer.class).stream()
                    .findFirst()
                    .orElseThrow(() -> ConfigException.of("the model has no tokenizer"));
            List<Map<String, Double>> measured = new ArrayList<>();
            for (int i = 0; i < WARM_UP + iterations; i++) {
                try (NDManager scope = manager.newSubManager()) {
                    Batch arrays = batch.toBatch(scope);
                    NDArray mask = arrays.get("mask");
                    NDArray masked = PatchMask.of(mask, (int) (mask.getShape().size() / batchSize), scope)
                            .masked();
                    long start = System.nanoTime();
                    tokenizer
                            .tokenize(
                                    arrays.get(arrays.has("img_target") ? "img_target" : "img"),
                                    masked,
                                    Pass.evaluation(scope))
                            .toLongArray();
                    measured.add(Map.of("tokenizer", (System.nanoTime() - start) * 1e-9));
                }
            }
            return measured;
        });
    }

    /** The data pipeline of the config, epoch after epoch, without a model; after a warm-up of some seconds. */
    public Timings data() {
        ComponentFactory factory = new ComponentFactory(binder -> {});
        Dataset dataset = factory.build(RunBuilder.required(experiment.trainingData(), "data.train"), Dataset.class);
        List<Double> measured = new ArrayList<>();
        int warmUp = WARM_UP;
        double warm = 0;
        try (DataLoader loader = loader(dataset)) {
            for (int epoch = 0; measured.size() < warmUp + iterations; epoch++) {
                try (TrainingData.Batches batches = loader.epoch(epoch, 0)) {
                    while (batches.hasNext() && measured.size() < warmUp + iterations) {
                        long start = System.nanoTime();
                        batches.next();
                        measured.add((System.nanoTime() - start) * 1e-9);
                        if (measured.size() <= warmUp) {
                            warm += measured.get(measured.size() - 1);
                            warmUp += measured.size() == warmUp && warm < WARM_UP_SECONDS ? 1 : 0;
                        }
                    }
                }
            }
        }
        return Timings.ofThroughput("data", measured.subList(warmUp, measured.size()), batchSize, settings.device());
    }

    private DataLoader loader(Dataset dataset) {
        if (dataset.size() < batchSize) {
            throw ConfigException.of("the data has " + dataset.size() + " images, which is not even one batch of "
                    + batchSize + "; use a --batch-size of " + dataset.size() + " or less");
        }
        return new DataLoader(
                dataset,
                new DataLoader.Settings(
                        batchSize, experiment.config().data.workersPerGpu, true, true, settings.seed(), 1),
                log::warn);
    }

    private Dataset dataset(ComponentFactory factory) {
        try {
            return factory.build(RunBuilder.required(experiment.trainingData(), "data.train"), Dataset.class);
        } catch (ComponentException | ConfigException notThere) {
            log.warn("measuring on random images: " + notThere.getMessage());
            return factory.build(RunBuilder.required(withoutData.get().trainingData(), "data.train"), Dataset.class);
        }
    }

    private interface Measurement {
        List<Map<String, Double>> run(
                Algorithm model,
                NDManager manager,
                Kernels kernels,
                ComponentFactory factory,
                TrainingData.Pending batch);
    }

    private Timings withModel(Measurement measurement) {
        try (NDManager manager = NDManager.newBaseManager(settings.device(), "PyTorch")) {
            Kernels kernels = new Kernels(manager, settings.precision());
            ComponentFactory factory = RunBuilder.factory(kernels, settings);
            Algorithm model = ModelBuilder.build(
                    RunBuilder.required(experiment.model(), "model"), factory, manager, settings.seed());
            ModelBuilder.requireWeights(model, List.of());
            try (DataLoader loader = loader(dataset(factory));
                    TrainingData.Batches batches = loader.epoch(0, 0)) {
                List<Map<String, Double>> measured = measurement.run(model, manager, kernels, factory, batches.next());
                return Timings.ofMedian(measured.subList(WARM_UP, measured.size()), batchSize, settings.device());
            }
        }
    }

    /** Notes the times of every iteration. */
    private record StepClock(List<Map<String, Double>> measured) implements Hook {
        @Override
        public void afterTrainIter(RunContext run, StepResult step) {
            Map<String, Double> times = new LinkedHashMap<>();
            times.put("data", step.times().data());
            times.put("forward", step.times().forward());
            times.put("backward", step.times().backward());
            times.put("optimizer", step.times().optimizer());
            measured.add(times);
        }
    }
}
