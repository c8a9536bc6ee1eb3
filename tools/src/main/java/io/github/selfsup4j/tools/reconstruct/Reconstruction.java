package io.github.selfsup4j.tools.reconstruct;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.data.Batch;
import io.github.selfsup4j.data.ChannelScaling;
import io.github.selfsup4j.data.DataLoader;
import io.github.selfsup4j.data.Dataset;
import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.data.TrainingData;
import io.github.selfsup4j.experiment.Experiment;
import io.github.selfsup4j.experiment.ModelBuilder;
import io.github.selfsup4j.experiment.RunBuilder;
import io.github.selfsup4j.inject.ComponentFactory;
import io.github.selfsup4j.inject.ComponentPlan;
import io.github.selfsup4j.io.weights.StateDicts;
import io.github.selfsup4j.model.Algorithm;
import io.github.selfsup4j.model.Reconstructs;
import io.github.selfsup4j.nn.Draws;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.NoGradient;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.runner.RunSettings;
import io.github.selfsup4j.tools.pictures.Pictures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows what a model makes of the hidden parts of images, seen through the training pipeline. */
public final class Reconstruction {
    private final Experiment experiment;
    private final RunSettings settings;

    /** @param experiment its training data are the images to show */
    public Reconstruction(Experiment experiment, RunSettings settings) {
        this.experiment = experiment;
        this.settings = settings;
    }

    /**
     * Draws a page with a row for every image.
     *
     * @param checkpoint the model's weights
     * @param out a PNG
     * @throws ConfigException if the algorithm has nothing to show, or the checkpoint does not fit
     */
    public void write(Path checkpoint, Path out) throws IOException {
        try (NDManager manager = NDManager.newBaseManager(settings.device(), "PyTorch");
                NoGradient off = new NoGradient()) {
            Kernels kernels = new Kernels(manager, settings.precision());
            ComponentFactory factory = RunBuilder.factory(kernels, settings);
            Dataset images = factory.build(RunBuilder.required(experiment.trainingData(), "data.train"), Dataset.class);
            Algorithm model = ModelBuilder.build(
                    RunBuilder.required(experiment.model(), "model"), factory, manager, settings.seed());
            ModelBuilder.loadWhole(model, StateDicts.load(checkpoint), checkpoint.toString());
            draw(reconstructing(model), images, manager).write(out);
        }
    }

    private Reconstructs reconstructing(Algorithm model) {
        if (model instanceof Reconstructs able) {
            return able;
        }
        throw ConfigException.of("there is nothing to show: "
                + experiment.model().orElseThrow().entry().name() + " hides no part of an image");
    }

    private Page draw(Reconstructs model, Dataset images, NDManager manager) {
        Page page = new Page();
        DataLoader.Settings oneByOne = new DataLoader.Settings(1, 0, false, false, settings.seed(), 0);
        try (DataLoader loader = new DataLoader(images, oneByOne, warning -> {});
                TrainingData.Batches batches = loader.epoch(0, 0)) {
            for (int i = 0; batches.hasNext(); i++) {
                try (NDManager scope = manager.newSubManager()) {
                    Batch batch = batches.next().toBatch(scope);
                    Pass pass = Pass.evaluation(scope, Draws.from(RandomStream.of(settings.seed(), i)));
                    page.add(pictures(model.reconstruct(batch, pass)));
                }
            }
        }
        return page;
    }

    private Map<String, Image8> pictures(Map<String, NDArray> panels) {
        Map<String, Image8> pictures = new LinkedHashMap<>();
        panels.forEach((title, panel) -> pictures.put(
                title,
                Pictures.of(
                        panel.toFloatArray(),
                        (int) panel.getShape().get(2),
                        (int) panel.getShape().get(3),
                        scaling())));
        return pictures;
    }

    private Optional<ChannelScaling> scaling() {
        List<ComponentPlan> pipeline = experiment.trainingData().orElseThrow().children("pipeline");
        return pipeline.stream()
                .flatMap(transform -> transform.config("", ChannelScaling.class).stream())
                .findFirst();
    }
}
