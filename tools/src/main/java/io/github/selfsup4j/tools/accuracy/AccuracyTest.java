package io.github.selfsup4j.tools.accuracy;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.data.Batch;
import io.github.selfsup4j.data.DataLoader;
import io.github.selfsup4j.data.Dataset;
import io.github.selfsup4j.data.TrainingData;
import io.github.selfsup4j.experiment.Experiment;
import io.github.selfsup4j.experiment.ModelBuilder;
import io.github.selfsup4j.experiment.RunBuilder;
import io.github.selfsup4j.inject.ComponentFactory;
import io.github.selfsup4j.io.weights.StateDicts;
import io.github.selfsup4j.model.Algorithm;
import io.github.selfsup4j.model.Classifier;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.NoGradient;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.runner.RunSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Tests a classifier on labelled images. */
public final class AccuracyTest {
    private final Experiment experiment;
    private final RunSettings settings;
    private final Consumer<String> warnings;

    /** @param warnings where images that can't be read are told */
    public AccuracyTest(Experiment experiment, RunSettings settings, Consumer<String> warnings) {
        this.experiment = experiment;
        this.settings = settings;
        this.warnings = warnings;
    }

    /**
     * Runs the test data of the config through the model.
     *
     * @param checkpoint the model's weights
     * @return what each classifier of the model told
     * @throws ConfigException if the algorithm tells no classes, the checkpoint does not fit, or a label is none of its
     *     classes
     */
    public List<Outcome> run(Path checkpoint) throws IOException {
        try (NDManager manager = NDManager.newBaseManager(settings.device(), "PyTorch");
                NoGradient off = new NoGradient()) {
            ComponentFactory factory = RunBuilder.factory(new Kernels(manager, settings.precision()), settings);
            Algorithm model = ModelBuilder.build(
                    RunBuilder.required(experiment.model(), "model"), factory, manager, settings.seed());
            Classifier classifier = classifier(model);
            ModelBuilder.loadWhole(model, StateDicts.load(checkpoint), checkpoint.toString());
            Dataset images = factory.build(RunBuilder.required(experiment.testData(), "data.test"), Dataset.class);
            return run(classifier, images, manager);
        }
    }

    private Classifier classifier(Algorithm model) {
        if (model instanceof Classifier classifier) {
            return classifier;
        }
        throw ConfigException.of(experiment.model().orElseThrow().entry().name()
                + " tells no classes, so it has no accuracy;" + " 'Classification' does, with this model's backbone");
    }

    private List<Outcome> run(Classifier classifier, Dataset images, NDManager manager) {
        List<Outcome> outcomes = new ArrayList<>();
        DataLoader.Settings inOrder = DataLoader.Settings.inOrder(
                experiment.config().data.samplesPerGpu, experiment.config().data.workersPerGpu);
        try (DataLoader loader = new DataLoader(images, inOrder, warnings);
                TrainingData.Batches batches = loader.epoch(0, 0)) {
            while (batches.hasNext()) {
                try (NDManager scope = manager.newSubManager()) {
                    Batch batch = batches.next().toBatch(scope);
                    NDList scores = classifier.scores(batch.get("img"), Pass.evaluation(scope));
                    for (int i = 0; i < scores.size(); i++) {
                        if (outcomes.size() == i) {
                            outcomes.add(new Outcome(classifier.scoreNames().get(i), (int)
                                    scores.get(i).getShape().get(1)));
                        }
                        outcomes.get(i)
                                .add(
                                        scores.get(i).toFloatArray(),
                                        batch.get("label").toLongArray());
                    }
                }
            }
        }
        return outcomes;
    }
}
