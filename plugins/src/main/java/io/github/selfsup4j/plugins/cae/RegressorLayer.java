package io.github.selfsup4j.plugins.cae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Parameter;
import io.github.selfsup4j.nn.DropPath;
import io.github.selfsup4j.nn.FeedForward;
import io.github.selfsup4j.nn.Init;
import io.github.selfsup4j.nn.Kernel;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Layer;
import io.github.selfsup4j.nn.LayerNorm;
import io.github.selfsup4j.nn.Pass;
import java.util.Map;

/**
 * A layer of the latent context regressor (CAE, section 3.1; the reference's {@code CAETransformerRegressorLayer}).
 * Queries are the masked tokens; keys and values all tokens:
 *
 * <pre>{@code
 * x = masked + gamma_1 * attention(norm_q(masked + pos), norm_k(all + pos), norm_v(all))
 * x = norm2(x)
 * x = x + gamma_2 * mlp(x)          // the residual starts from the normalised value
 * }</pre>
 */
final class RegressorLayer extends Layer {
    private final Kernels kernels;
    private final Kernel training;
    private final Kernel evaluation;
    private final Parameter gamma1;
    private final Parameter gamma2;
    private final LayerNorm queryNorm;
    private final LayerNorm keyNorm;
    private final LayerNorm valueNorm;
    private final LayerNorm norm2;
    private final CrossAttention attention;
    private final FeedForward feedForward;
    private final DropPath dropPath;

    RegressorLayer(Kernels kernels, CaeNeck.Config config, double dropPathRate) {
        int dim = config.embedDims;
        this.kernels = kernels;
        training = kernel(config, config.dropRate, config.attnDropRate);
        evaluation = kernel(config, 0, 0);
        gamma1 = layerScale("gamma_1_cross", config.initValues, dim);
        gamma2 = layerScale("gamma_2_cross", config.initValues, dim);
        queryNorm = child("norm1_q_cross", new LayerNorm(kernels, dim, config.normCfg.eps));
        keyNorm = child("norm1_k_cross", new LayerNorm(kernels, dim, config.normCfg.eps));
        valueNorm = child("norm1_v_cross", new LayerNorm(kernels, dim, config.normCfg.eps));
        norm2 = child("norm2_cross", new LayerNorm(kernels, dim, config.normCfg.eps));
        attention = child("cross_attn", new CrossAttention(kernels, dim, config.qkvBias));
        feedForward = child("ffn", new FeedForward(kernels, dim, config.mlpRatio * dim));
        dropPath = new DropPath(dropPathRate);
    }

    /** Unlike the encoder's, the layer scales stay when {@code init_values} is 0: as frozen ones. */
    private Parameter layerScale(String name, double initValues, int dim) {
        return initValues > 0
                ? parameter(name, Init.constant((float) initValues), dim)
                : frozen(name, Init.ones(), dim);
    }

    private Kernel kernel(CaeNeck.Config config, double dropRate, double attentionDropRate) {
        int headDims = config.embedDims / config.numHeads;
        double scale = config.qkScale == null ? Math.pow(headDims, -0.5) : config.qkScale;
        return kernels.load(
                RegressorLayer.class,
                "regressor_layer.torchscript",
                Map.of(
                        "heads",
                        config.numHeads,
                        "scale",
                        scale,
                        "eps",
                        config.normCfg.eps,
                        "drop",
                        dropRate,
                        "attention_drop",
                        attentionDropRate));
    }

    /**
     * Predicts the masked tokens anew.
     *
     * @param masked {@code [batch, masked, dim]}
     * @param visible {@code [batch, visible, dim]}
     * @param maskedPositions {@code [batch, masked, dim]}
     * @param visiblePositions {@code [batch, visible, dim]}
     * @return {@code [batch, masked, dim]}
     */
    NDArray forward(NDArray masked, NDArray visible, NDArray maskedPositions, NDArray visiblePositions, Pass pass) {
        long batch = visible.getShape().get(0);
        NDArray keep1 = dropPath.factors(kernels, pass, batch);
        NDArray keep2 = dropPath.factors(kernels, pass, batch);
        NDList inputs = new NDList(
                visible, masked, maskedPositions, visiblePositions, gamma1.getArray(), gamma2.getArray(), keep1, keep2);
        for (LayerNorm norm : new LayerNorm[] {queryNorm, keyNorm, valueNorm, norm2}) {
            inputs.add(norm.weight());
            inputs.add(norm.bias());
        }
        inputs.addAll(attention.arrays());
        inputs.addAll(feedForward.arrays());
        return (pass.training() ? training : evaluation).call("regressor_layer", inputs.toArray(new NDArray[0]));
    }
}
