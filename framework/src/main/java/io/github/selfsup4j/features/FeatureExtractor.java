package io.github.selfsup4j.features;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.selfsup4j.data.BadImages;
import io.github.selfsup4j.data.Batch;
import io.github.selfsup4j.data.DataLoader;
import io.github.selfsup4j.data.Dataset;
import io.github.selfsup4j.data.FloatArray;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.model.Algorithm;
import io.github.selfsup4j.nn.Kernel;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.NoGradient;
import io.github.selfsup4j.nn.Pass;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a model over a data set, in evaluation mode and without gradients.
 *
 * <pre>{@code
 * FeatureExtractor extractor = new FeatureExtractor(kernels, Pooling.PATCH_TOKENS, DataLoader.Settings.inOrder(256, 1));
 * Features features = extractor.extract(model, dataset, scope);
 * }</pre>
 */
public final class FeatureExtractor {
    private static final Logger LOG = LoggerFactory.getLogger(FeatureExtractor.class);

    private final Kernel kernel;
    private final FeatureLayer layer;
    private final Pooling pooling;
    private final DataLoader.Settings settings;
    private final BadImages badImages;

    /**
     * An extractor of what the model gives as features.
     *
     * @param settings how to load images; in order
     */
    public FeatureExtractor(Kernels kernels, Pooling pooling, DataLoader.Settings settings) {
        this(kernels, FeatureLayer.LAST, pooling, settings, BadImages.told(LOG::warn));
    }

    /**
     * An extractor of a layer's outputs.
     *
     * @param settings how to load images; in order
     * @param badImages is told of images that can't be read
     */
    public FeatureExtractor(
            Kernels kernels, FeatureLayer layer, Pooling pooling, DataLoader.Settings settings, BadImages badImages) {
        this.badImages = badImages;
        kernel = kernels.load(FeatureExtractor.class, "features.torchscript", Map.of());
        this.layer = layer;
        this.pooling = pooling;
        this.settings = settings;
    }

    /** Number of batches that a data set makes. */
    public int batches(Dataset dataset) {
        return (dataset.size() + settings.batchSize() - 1) / settings.batchSize();
    }

    /**
     * Features of a data set, of which every sample has an {@code img} and a {@code label}.
     *
     * @param scope the owner of the result
     * @throws IllegalArgumentException if the data set is empty
     * @throws io.github.selfsup4j.config.ConfigException if the model has no such layer
     */
    public Features extract(Algorithm model, Dataset dataset, NDManager scope) {
        if (dataset.size() == 0) {
            throw new IllegalArgumentException("there are no images to evaluate the model on");
        }
        NDArray labels = scope.zeros(new Shape(dataset.size()), DataType.INT64);
        NDArray samples = scope.zeros(new Shape(dataset.size()), DataType.INT64);
        NDArray rows = null;
        int done = 0;
        try (DataLoader loader = new DataLoader(dataset, settings, badImages);
                DataLoader.Epoch batches = loader.epoch(0, 0);
                NoGradient off = new NoGradient()) {
            while (batches.hasNext()) {
                try (NDManager step = scope.newSubManager()) {
                    Batch batch = batches.next().toBatch(step);
                    NDArray features = features(model, batch.get("img"), step);
                    rows = rows == null
                            ? scope.zeros(new Shape(
                                    dataset.size(), features.getShape().get(1)))
                            : rows;
                    put(features, rows, done);
                    put(batch.get("label"), labels, done);
                    put(batch.has("idx") ? batch.get("idx") : step.arange(done, done + batch.size()), samples, done);
                    done += batch.size();
                }
            }
        }
        return new Features(rows, labels, samples);
    }

    /**
     * Number of values of an image, found out on the first one.
     *
     * @throws IOException if it can't be read
     */
    public int dim(Algorithm model, Dataset dataset, NDManager scope) throws IOException {
        if (!(dataset.sample(0, RandomStream.of(0)).get("img") instanceof FloatArray image)) {
            throw new IllegalArgumentException("the pipeline makes no tensors of images; it needs ToTensor at its end");
        }
        try (NDManager step = scope.newSubManager();
                NoGradient off = new NoGradient()) {
            return (int) features(
                            model,
                            step.create(image.values(), new Shape(image.shape()))
                                    .expandDims(0),
                            step)
                    .getShape()
                    .get(1);
        }
    }

    /**
     * Features of a batch, {@code [batch, dim]}.
     *
     * @param images {@code [batch, 3, height, width]} as the test pipeline gives them
     * @throws io.github.selfsup4j.config.ConfigException if the model has no such layer
     */
    public NDArray features(Algorithm model, NDArray images, NDManager step) {
        if (layer.name().isEmpty()) {
            return pooling.apply(model.extractFeatures(images, Pass.evaluation(step)));
        }
        Set<String> recorded = new LinkedHashSet<>();
        NDList chosen = new NDList(1);
        model.extractFeatures(images, Pass.evaluation(step).recordingTo((name, output) -> {
            recorded.add(name);
            if (layer.is(name) && chosen.isEmpty()) {
                // Pooled at once: a network may give back a map's memory as soon as it has the next one.
                NDArray pooled = pooling.apply(output);
                chosen.add(pooled == output ? output.duplicate() : pooled);
            }
        }));
        if (chosen.isEmpty()) {
            throw layer.missing(recorded);
        }
        return chosen.singletonOrThrow();
    }

    private void put(NDArray values, NDArray into, int start) {
        kernel.call("put", values, into, values.getManager().create((long) start));
    }
}
