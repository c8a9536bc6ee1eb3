package io.github.selfsup4j.nn;

import ai.djl.ndarray.NDArray;

/**
 * Stochastic depth: drops a residual branch for some samples of a batch and scales it up for the others.
 *
 * @param rate the probability of dropping, in [0, 1)
 */
public record DropPath(double rate) {
    /** Rates that grow evenly over layers: {@code linspace(0, last, layers)}. */
    public static double[] rates(double last, int layers) {
        double[] rates = new double[layers];
        for (int i = 0; i < layers; i++) {
            rates[i] = layers == 1 ? 0 : last * i / (layers - 1);
        }
        return rates;
    }

    /**
     * What a branch is multiplied with: {@code [batch, 1, 1]} of {@code floor(keep + u) / keep}; the kernels' empty
     * array if nothing is dropped, in which case nothing is drawn.
     */
    public NDArray factors(Kernels kernels, Pass pass, long batch) {
        if (rate == 0 || !pass.training()) {
            return kernels.none();
        }
        float keep = (float) (1 - rate);
        return pass.nextRand(batch, 1, 1).add(keep).floor().div(keep);
    }
}
