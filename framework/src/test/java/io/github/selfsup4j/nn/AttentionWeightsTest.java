package io.github.selfsup4j.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.github.selfsup4j.data.Size;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttentionWeightsTest {
    private static final int DIM = 6;
    private static final int HEADS = 2;
    private static final int TOKENS = 5;

    /**
     * The definition, term by term: softmax over j of (W_q n_i + b_q) . (W_k n_j + b_k) / sqrt(3), plus the bias of the
     * pair.
     */
    private static float[] expected(float[] x, float[] weight, float[] queryBias, float[] pairs, int head) {
        float[] attention = new float[TOKENS * TOKENS];
        for (int i = 0; i < TOKENS; i++) {
            double sum = 0;
            for (int j = 0; j < TOKENS; j++) {
                double product = 0;
                for (int c = head * DIM / HEADS; c < (head + 1) * DIM / HEADS; c++) {
                    product += (map(weight, c, x, i) + queryBias[c]) * map(weight, DIM + c, x, j);
                }
                attention[i * TOKENS + j] =
                        (float) Math.exp(product / Math.sqrt(3) + pairs[(i * TOKENS + j) * HEADS + head]);
                sum += attention[i * TOKENS + j];
            }
            for (int j = 0; j < TOKENS; j++) {
                attention[i * TOKENS + j] /= (float) sum;
            }
        }
        return attention;
    }

    private static double map(float[] weight, int row, float[] x, int token) {
        double mean = 0;
        double squares = 0;
        for (int c = 0; c < DIM; c++) {
            mean += x[token * DIM + c] / DIM;
        }
        for (int c = 0; c < DIM; c++) {
            squares += Math.pow(x[token * DIM + c] - mean, 2) / DIM;
        }
        double sum = 0;
        for (int c = 0; c < DIM; c++) {
            sum += weight[row * DIM + c] * (x[token * DIM + c] - mean) / Math.sqrt(squares + 1e-6);
        }
        return sum;
    }

    private static NDArray fill(NDArray array, long seed) {
        Random random = new Random(seed);
        float[] values = new float[(int) array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        array.set(values);
        return array;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void areTheSoftmaxOfQueriesAndKeys(boolean relativePositions) {
        try (NDManager manager = NDManager.newBaseManager("PyTorch");
                NoGradient off = new NoGradient()) {
            Kernels kernels = new Kernels(manager, Precision.FP32);
            EncoderLayer layer = new EncoderLayer(
                    kernels,
                    new EncoderLayer.Shape(
                            DIM,
                            HEADS,
                            8,
                            relativePositions,
                            0,
                            0,
                            0,
                            0,
                            1e-6,
                            relativePositions ? Optional.of(Size.square(2)) : Optional.empty()));
            layer.initialize(manager);
            Map<String, Parameter> state = layer.state();
            float[] weight = fill(state.get("attn.qkv.weight").getArray(), 1).toFloatArray();
            float[] queryBias = fill(state.get("attn.q_bias").getArray(), 2).toFloatArray();
            fill(state.get("attn.v_bias").getArray(), 3);
            float[] pairs = new float[TOKENS * TOKENS * HEADS];
            if (relativePositions) {
                float[] table = fill(
                                state.get("attn.relative_position_bias_table").getArray(), 4)
                        .toFloatArray();
                long[] index =
                        state.get("attn.relative_position_index").getArray().toLongArray();
                for (int pair = 0; pair < index.length; pair++) {
                    System.arraycopy(table, (int) index[pair] * HEADS, pairs, pair * HEADS, HEADS);
                }
            }
            NDArray x = fill(manager.zeros(new Shape(1, TOKENS, DIM)), 5);
            NDArray weights = layer.attentionWeights(x);
            assertEquals(new Shape(1, HEADS, TOKENS, TOKENS), weights.getShape());
            for (int head = 0; head < HEADS; head++) {
                assertArrayEquals(
                        expected(x.toFloatArray(), weight, queryBias, pairs, head),
                        weights.get("0, " + head).toFloatArray(),
                        1e-5f,
                        "head " + head);
            }
        }
    }
}
