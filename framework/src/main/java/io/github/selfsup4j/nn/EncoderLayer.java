package io.github.selfsup4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Parameter;
import io.github.selfsup4j.data.Size;
import java.util.Map;
import java.util.Optional;

/**
 * A layer of a vision transformer: {@code x + gamma_1 * attention(norm(x))}, then {@code x + gamma_2 * mlp(norm(x))}
 * (the reference's {@code TransformerEncoderLayer}). One kernel call.
 */
public final class EncoderLayer extends Layer {

    /**
     * The shape of a layer.
     *
     * @param qkvBias see {@link SelfAttention}
     * @param initValues start of the layer scales; 0 for none
     * @param dropRate dropout after the projection and in the feed-forward part
     * @param dropPathRate stochastic depth
     * @param eps of the norms
     * @param window the grid of patches, for relative position biases; empty for none
     */
    public record Shape(
            int embedDims,
            int numHeads,
            int feedforwardChannels,
            boolean qkvBias,
            double initValues,
            double dropRate,
            double attentionDropRate,
            double dropPathRate,
            double eps,
            Optional<Size> window) {

        /** A layer without relative position biases. */
        public Shape(
                int embedDims,
                int numHeads,
                int feedforwardChannels,
                boolean qkvBias,
                double initValues,
                double dropRate,
                double attentionDropRate,
                double dropPathRate,
                double eps) {
            this(
                    embedDims,
                    numHeads,
                    feedforwardChannels,
                    qkvBias,
                    initValues,
                    dropRate,
                    attentionDropRate,
                    dropPathRate,
                    eps,
                    Optional.empty());
        }
    }

    private final Kernels kernels;
    private final Shape shape;
    private final Kernel training;
    private final Kernel evaluation;
    private final Parameter gamma1;
    private final Parameter gamma2;
    private final LayerNorm norm1;
    private final SelfAttention attention;
    private final LayerNorm norm2;
    private final FeedForward feedForward;
    private final DropPath dropPath;

    /** A layer of that shape. */
    public EncoderLayer(Kernels kernels, Shape shape) {
        int dim = shape.embedDims();
        this.kernels = kernels;
        this.shape = shape;
        training = kernel(shape, shape.dropRate(), shape.attentionDropRate());
        evaluation = kernel(shape, 0, 0);
        gamma1 = shape.initValues() > 0 ? parameter("gamma_1", Init.constant((float) shape.initValues()), dim) : null;
        gamma2 = shape.initValues() > 0 ? parameter("gamma_2", Init.constant((float) shape.initValues()), dim) : null;
        norm1 = child("ln1", new LayerNorm(kernels, dim, shape.eps()));
        attention = child("attn", new SelfAttention(kernels, dim, shape.numHeads(), shape.qkvBias(), shape.window()));
        norm2 = child("ln2", new LayerNorm(kernels, dim, shape.eps()));
        feedForward = child("ffn", new FeedForward(kernels, dim, shape.feedforwardChannels()));
        dropPath = new DropPath(shape.dropPathRate());
    }

    private Kernel kernel(Shape shape, double dropRate, double attentionDropRate) {
        return kernels.load(
                EncoderLayer.class,
                "encoder_layer.torchscript",
                Map.of(
                        "heads",
                        shape.numHeads(),
                        "eps",
                        shape.eps(),
                        "drop",
                        dropRate,
                        "attention_drop",
                        attentionDropRate));
    }

    /** Maps {@code [batch, tokens, dim]} to the same shape. */
    public NDArray forward(NDArray x, Pass pass) {
        long batch = x.getShape().get(0);
        NDArray keep1 = dropPath.factors(kernels, pass, batch);
        NDArray keep2 = dropPath.factors(kernels, pass, batch);
        NDList inputs = new NDList(x, array(gamma1), array(gamma2), keep1, keep2, norm1.weight(), norm1.bias());
        inputs.addAll(attention.arrays());
        inputs.add(norm2.weight());
        inputs.add(norm2.bias());
        inputs.addAll(feedForward.arrays());
        return (pass.training() ? training : evaluation).call("encoder_layer", inputs.toArray(new NDArray[0]));
    }

    /**
     * How much each token takes from each other one, {@code [batch, heads, tokens, tokens]}.
     *
     * @param x {@code [batch, tokens, dim]}, what the layer is given
     */
    public NDArray attentionWeights(NDArray x) {
        NDList inputs = new NDList(x, norm1.weight(), norm1.bias());
        inputs.addAll(attention.arrays().subList(0, SelfAttention.PROJECTION));
        return kernels.load(
                        EncoderLayer.class,
                        "attention_weights.torchscript",
                        Map.of("heads", shape.numHeads(), "eps", shape.eps()))
                .call("weights", inputs.toArray(new NDArray[0]));
    }

    private NDArray array(Parameter parameter) {
        return parameter == null ? kernels.none() : parameter.getArray();
    }
}
