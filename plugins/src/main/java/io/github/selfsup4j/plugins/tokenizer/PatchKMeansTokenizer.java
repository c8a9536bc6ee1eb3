package io.github.selfsup4j.plugins.tokenizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.data.Batch;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.model.FittedOnImages;
import io.github.selfsup4j.model.StateLoader;
import io.github.selfsup4j.model.Tokenizer;
import io.github.selfsup4j.nn.Init;
import io.github.selfsup4j.nn.Kernel;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Layer;
import io.github.selfsup4j.nn.NoGradient;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;
import java.util.Iterator;
import java.util.Map;

/**
 * Tokenizer that needs no download: a patch's token is the nearest of {@code vocab_size} centroids of training patches,
 * in squared distance of pixels. The centroids are fitted once before training by Lloyd's algorithm with k-means++
 * seeding, and stored in the checkpoint.
 */
@Component("PatchKMeansTokenizer")
public final class PatchKMeansTokenizer extends Layer implements Tokenizer, FittedOnImages {

    /** Keys of {@code PatchKMeansTokenizer}. */
    public static final class Config implements Tokenizer.Settings, Validated {
        /** Side of a patch in pixels of the tokenizer's image. */
        public int patchSize = 4;
        /** Number of different tokens. */
        public int vocabSize = 256;
        /** Number of patches to fit to, drawn evenly from the training images. */
        public int numSamples = 16384;
        /** Largest number of Lloyd iterations; fewer when no patch changes its token any more. */
        public int maxIters = 20;

        @Override
        public int vocabulary() {
            return vocabSize;
        }

        @Override
        public void validate(Checks checks) {
            checks.require(patchSize > 0, "patchSize", "a positive number");
            checks.require(vocabSize > 1, "vocabSize", "2 or more");
            checks.require(numSamples >= vocabSize, "numSamples", "at least vocab_size " + vocabSize);
            checks.require(maxIters > 0, "maxIters", "a positive number");
        }
    }

    private final Config config;
    private final Kernel kernel;
    private final Parameter centroids;
    private final Parameter fitted;

    @Inject
    PatchKMeansTokenizer(Config config, Kernels kernels) {
        this.config = config;
        kernel =
                kernels.load(PatchKMeansTokenizer.class, "patch_kmeans.torchscript", Map.of("patch", config.patchSize));
        centroids = buffer("centroids", Init.zeros(), config.vocabSize, 3L * config.patchSize * config.patchSize);
        fitted = buffer("fitted", Init.zeros(), 1);
    }

    @Override
    public NDArray tokenize(NDArray images, NDArray masked, Pass pass) {
        try (NoGradient off = new NoGradient()) {
            return kernel.call("tokens", images, masked, centroids.getArray());
        }
    }

    @Override
    public int vocabulary() {
        return config.vocabSize;
    }

    @Override
    public boolean fitted() {
        return fitted.getArray().getFloat() != 0;
    }

    @Override
    public void fit(Iterator<Batch> batches, RandomStream random) {
        try (NDManager scope = centroids.getArray().getManager().newSubManager();
                NoGradient off = new NoGradient()) {
            NDArray patches = new PatchSample(config.numSamples, random).of(batches, this::patches, scope);
            NDArray seeds = seed(patches, random, scope);
            StateLoader.copy(lloyd(patches, seeds, scope), centroids.getArray());
            StateLoader.copy(scope.ones(new Shape(1)), fitted.getArray());
        }
    }

    private NDArray patches(Batch batch) {
        NDArray images = batch.get(batch.has("img_target") ? "img_target" : "img");
        return kernel.call("rows", images);
    }

    /**
     * k-means++: every further centroid is a patch, drawn with a probability proportional to its squared distance from
     * the nearest so far.
     */
    private NDArray seed(NDArray patches, RandomStream random, NDManager scope) {
        int count = (int) patches.getShape().get(0);
        int[] chosen = new int[config.vocabSize];
        chosen[0] = random.randint(0, count - 1);
        NDArray norms = kernel.call("norms", patches);
        NDArray distances = scope.full(new Shape(count), Float.POSITIVE_INFINITY);
        for (int i = 1; i < chosen.length; i++) {
            try (NDManager step = scope.newSubManager();
                    NDArray previous = step.create((long) chosen[i - 1])) {
                NDArray nearest = kernel.call("nearer", previous, patches, norms, distances);
                chosen[i] = draw(nearest.toFloatArray(), random);
            }
        }
        return patches.get(scope.create(chosen));
    }

    private static int draw(float[] weights, RandomStream random) {
        double total = 0;
        for (float weight : weights) {
            total += weight;
        }
        double remaining = random.uniform(0, 1) * total;
        for (int i = 0; i < weights.length; i++) {
            remaining -= weights[i];
            if (remaining < 0) {
                return i;
            }
        }
        return weights.length - 1;
    }

    /**
     * Moves centroids to the mean of their patches until no patch changes its token; a centroid without patches stays.
     */
    private NDArray lloyd(NDArray patches, NDArray seeds, NDManager scope) {
        NDArray current = seeds;
        NDArray tokens = scope.create(new long[(int) patches.getShape().get(0)]);
        for (int i = 0; i < config.maxIters; i++) {
            NDList moved = kernel.callAll("lloyd", current, patches, tokens);
            boolean settled = moved.get(2).getLong() == 0;
            current = moved.get(0);
            tokens = moved.get(1);
            if (settled && i > 0) {
                break;
            }
        }
        return current;
    }
}
