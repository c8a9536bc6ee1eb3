package io.github.selfsup4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;

/**
 * How parameters start, after {@code torch.nn.init} and mmcv's {@code weight_init}. Random numbers come from the
 * engine's generator, which the run seeds before it builds a model.
 */
public final class Init {
    private Init() {}

    /** Every element the same. */
    public static Initializer constant(float value) {
        return (manager, shape, type) -> manager.full(shape, value, type);
    }

    /** All zero. */
    public static Initializer zeros() {
        return constant(0f);
    }

    /** All one. */
    public static Initializer ones() {
        return constant(1f);
    }

    /** Uniform in [-bound, bound). */
    public static Initializer uniform(double bound) {
        return (manager, shape, type) -> manager.randomUniform((float) -bound, (float) bound, shape, type);
    }

    /** Normal with mean 0. */
    public static Initializer normal(double std) {
        return (manager, shape, type) -> manager.randomNormal(0f, (float) std, shape, type);
    }

    /** Glorot's uniform: the bound is {@code sqrt(6 / (fan_in + fan_out))}, for weights {@code [out, in, ...]}. */
    public static Initializer xavierUniform() {
        return (manager, shape, type) -> {
            long receptive = shape.slice(2).size();
            double bound = Math.sqrt(6.0 / ((shape.get(0) + shape.get(1)) * (double) receptive));
            return uniform(bound).initialize(manager, shape, type);
        };
    }

    /**
     * Glorot's uniform for a patch embedding {@code [dim, channels, patch, patch]}, seen as a linear map of a patch's
     * pixels.
     */
    public static Initializer xavierPatches() {
        return (manager, shape, type) ->
                uniform(Math.sqrt(6.0 / (shape.slice(1).size() + shape.get(0)))).initialize(manager, shape, type);
    }

    /**
     * He's uniform with gain {@code sqrt(2 / (1 + a^2))}, fan-in mode; PyTorch's default for linear and convolution
     * weights is {@code a = sqrt(5)}.
     */
    public static Initializer kaimingUniform(double a) {
        return (manager, shape, type) -> {
            double fanIn = shape.slice(1).size();
            return uniform(Math.sqrt(6.0 / ((1 + a * a) * fanIn))).initialize(manager, shape, type);
        };
    }

    /** He's normal for weights {@code [out, in, ...]} before a ReLU, fan-out mode: mmcv's default for convolutions. */
    public static Initializer kaimingNormal() {
        return (manager, shape, type) -> {
            double fanOut = shape.get(0) * (double) shape.slice(2).size();
            return normal(Math.sqrt(2 / fanOut)).initialize(manager, shape, type);
        };
    }

    /** Normal with mean 0, redrawn outside two units: mmcv's {@code trunc_normal_(std, a=-2, b=2)}. */
    public static Initializer truncatedNormal(double std) {
        return (manager, shape, type) -> truncatedNormal(manager, shape, type, std);
    }

    /**
     * By the inverse of the distribution function, as PyTorch does: cut at -2 and 2 (absolute values, not multiples of
     * {@code std}).
     */
    private static NDArray truncatedNormal(NDManager manager, Shape shape, DataType type, double std) {
        double reach = Math.min(1.0, erf(2 / (std * Math.sqrt(2))));
        float open = Math.nextDown((float) reach);
        try (NDArray uniform = manager.randomUniform(-open, open, shape, type);
                NDArray normal = uniform.erfinv()) {
            return normal.mul(std * Math.sqrt(2)).clip(-2, 2);
        }
    }

    /** Error function by Abramowitz and Stegun 7.1.26; only its distance from one matters here. */
    private static double erf(double x) {
        double t = 1 / (1 + 0.3275911 * x);
        double poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
        return 1 - poly * Math.exp(-x * x);
    }
}
