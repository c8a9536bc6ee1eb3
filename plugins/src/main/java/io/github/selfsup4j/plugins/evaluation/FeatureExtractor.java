package io.github.selfsup4j.plugins.evaluation;

import io.github.selfsup4j.data.BadImages;
import io.github.selfsup4j.data.Batch;
import io.github.selfsup4j.data.DataLoader;
import io.github.selfsup4j.data.Dataset;
import io.github.selfsup4j.model.Algorithm;
import io.github.selfsup4j.nn.Kernel;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.NoGradient;
import io.github.selfsup4j.nn.Pass;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Map;

/** Runs a model over a data set, in evaluation mode and without gradients. */
public final class FeatureExtractor {
    private static final Logger LOG = LoggerFactory.getLogger(FeatureExtractor.class);

    private final Kernel kernel;
    private final Pooling pooling;
    private final DataLoader.Settings settings;
    private final BadImages badImages;

    /** @param settings how to load images; in order */
    public FeatureExtractor(Kernels kernels, Pooling pooling, DataLoader.Settings settings) {
        this(kernels, pooling, settings, BadImages.told(LOG::warn));
    }

    /**
     * Extracts features.
     *
     * @param settings how to load images; in order
     * @param badImages is told of images that can't be read
     */
    public FeatureExtractor(Kernels kernels, Pooling pooling, DataLoader.Settings settings, BadImages badImages) {
        this.badImages = badImages;
        kernel = kernels.load(FeatureExtractor.class, "features.torchscript", Map.of());
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
     */
    public Features extract(Algorithm model, Dataset dataset, NDManager scope) {
        if (dataset.size() == 0) {
            throw new IllegalArgumentException("there are no images to evaluate the model on");
        }
        NDArray labels = scope.zeros(new Shape(dataset.size()), DataType.INT64);
        NDArray rows = null;
        int done = 0;
        try (DataLoader loader = new DataLoader(dataset, settings, badImages);
                DataLoader.Epoch batches = loader.epoch(0, 0);
                NoGradient off = new NoGradient()) {
            while (batches.hasNext()) {
                try (NDManager step = scope.newSubManager()) {
                    Batch batch = batches.next().toBatch(step);
                    NDArray features = features(model, batch, step);
                    rows = rows == null ? scope.zeros(new Shape(dataset.size(), features.getShape().get(1))) : rows;
                    put(features, rows, done);
                    put(batch.get("label"), labels, done);
                    done += batch.size();
                }
            }
        }
        return new Features(rows, labels);
    }

    private NDArray features(Algorithm model, Batch batch, NDManager step) {
        NDList features = model.extractFeatures(batch.get("img"), Pass.evaluation(step));
        return pooling.apply(features.get(features.size() - 1));
    }

    private void put(NDArray values, NDArray into, int start) {
        kernel.call("put", values, into, values.getManager().create((long) start));
    }
}
