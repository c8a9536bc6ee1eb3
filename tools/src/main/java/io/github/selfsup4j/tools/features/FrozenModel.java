package io.github.selfsup4j.tools.features;

import ai.djl.ndarray.NDManager;
import io.github.selfsup4j.config.MapNode;
import io.github.selfsup4j.data.Dataset;
import io.github.selfsup4j.embed.BackboneWeights;
import io.github.selfsup4j.experiment.Experiment;
import io.github.selfsup4j.experiment.ModelBuilder;
import io.github.selfsup4j.experiment.RunBuilder;
import io.github.selfsup4j.features.FeatureExtractor;
import io.github.selfsup4j.features.FeatureTable;
import io.github.selfsup4j.inject.ComponentFactory;
import io.github.selfsup4j.model.Algorithm;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.runner.RunSettings;
import java.io.IOException;
import java.nio.file.Path;

/** A model that is looked at and not trained, with all that it owns. */
public final class FrozenModel implements AutoCloseable {
    private final Experiment experiment;
    private final NDManager manager;
    private final Kernels kernels;
    private final ComponentFactory factory;
    private final Algorithm algorithm;

    /** A model of a config with the weights that it starts training with. */
    public FrozenModel(Experiment experiment, RunSettings settings) {
        this.experiment = experiment;
        manager = NDManager.newBaseManager(settings.device(), "PyTorch");
        try {
            kernels = new Kernels(manager, settings.precision());
            factory = RunBuilder.factory(kernels, settings);
            algorithm = ModelBuilder.build(
                    RunBuilder.required(experiment.model(), "model"), factory, manager, settings.seed());
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /**
     * Takes over the backbone of a checkpoint.
     *
     * @throws io.github.selfsup4j.config.ConfigException if it does not fit
     */
    public void load(Path checkpoint, BackboneWeights weights) throws IOException {
        weights.load(checkpoint, algorithm);
    }

    /** Builds a dataset from a config node. */
    public Dataset dataset(MapNode node) {
        return factory.build(experiment.plan(node, Dataset.class), Dataset.class);
    }

    /** The features of a dataset, in memory. */
    public FeatureTable extract(Dataset dataset, FeatureExtractor extractor) {
        try (NDManager scope = manager.newSubManager()) {
            return FeatureTable.of(extractor.extract(algorithm, dataset, scope), dataset);
        }
    }

    /** Number of values that an image has. */
    public int dim(Dataset dataset, FeatureExtractor extractor) throws IOException {
        return extractor.dim(algorithm, dataset, manager);
    }

    /** The model. */
    public Algorithm algorithm() {
        return algorithm;
    }

    /** The owner of its arrays. */
    public NDManager manager() {
        return manager;
    }

    /** What it computes with. */
    public Kernels kernels() {
        return kernels;
    }

    @Override
    public void close() {
        manager.close();
    }
}
