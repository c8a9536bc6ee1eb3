package io.github.selfsup4j.plugins.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.selfsup4j.data.Batch;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.nn.Precision;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PatchKMeansTokenizerTest {
    private final NDManager manager = NDManager.newBaseManager("PyTorch");

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void patchesOfOneKindGetOneTokenAndOthersAnother() {
        PatchKMeansTokenizer tokenizer = tokenizer(3);
        assertFalse(tokenizer.fitted());
        tokenizer.fit(List.of(batch(0, 0.5f, 1), batch(0.01f, 0.51f, 0.99f)).iterator(), RandomStream.of(7, 0));
        assertTrue(tokenizer.fitted());
        long[] tokens = tokens(tokenizer, image(0, 0.5f, 1));
        assertNotEquals(tokens[0], tokens[1]);
        assertNotEquals(tokens[1], tokens[2]);
        assertNotEquals(tokens[0], tokens[2]);
        assertArrayEquals(tokens, tokens(tokenizer, image(0.02f, 0.49f, 0.98f)));
        float[] centroids =
                tokenizer.state().get("centroids").getArray().get(tokens[1]).toFloatArray();
        for (float value : centroids) {
            assertEquals(0.505f, value, 1e-5f);
        }
    }

    @Test
    void ofEquallyNearCentroidsTheFirstIsTheToken() {
        PatchKMeansTokenizer tokenizer = tokenizer(4);
        float[] equal = new float[4 * 12];
        Arrays.fill(equal, 12, equal.length, 0.5f);
        manager.create(equal, new Shape(4, 12))
                .copyTo(tokenizer.state().get("centroids").getArray());
        assertArrayEquals(new long[] {0, 1, 1}, tokens(tokenizer, image(0, 0.5f, 1)));
    }

    private PatchKMeansTokenizer tokenizer(int vocabulary) {
        PatchKMeansTokenizer.Config config = new PatchKMeansTokenizer.Config();
        config.patchSize = 2;
        config.vocabSize = vocabulary;
        config.numSamples = 6;
        PatchKMeansTokenizer tokenizer = new PatchKMeansTokenizer(config, new Kernels(manager, Precision.FP32));
        tokenizer.initialize(manager);
        return tokenizer;
    }

    private long[] tokens(PatchKMeansTokenizer tokenizer, NDArray images) {
        return tokenizer
                .tokenize(images, manager.create(new long[] {0, 1, 2}, new Shape(1, 3)), Pass.evaluation(manager))
                .toLongArray();
    }

    private Batch batch(float... greys) {
        return new Batch(Map.of("img", image(greys)));
    }

    /** {@code [1, 3, 2, 2 * patches]}, every patch of one grey. */
    private NDArray image(float... greys) {
        float[] row = new float[2 * greys.length];
        for (int x = 0; x < row.length; x++) {
            row[x] = greys[x / 2];
        }
        return manager.create(row)
                .reshape(1, 1, 1, row.length)
                .broadcast(1, 3, 2, row.length)
                .duplicate();
    }
}
