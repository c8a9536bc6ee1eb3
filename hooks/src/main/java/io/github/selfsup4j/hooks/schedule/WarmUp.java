package io.github.selfsup4j.hooks.schedule;

/** How a learning rate grows at the start of a run. */
public enum WarmUp {
    /** {@code warmup_ratio} times the regular value throughout. */
    CONSTANT {
        @Override
        double factor(double fraction, double ratio) {
            return ratio;
        }
    },
    /** From {@code warmup_ratio} times the regular value in a straight line. */
    LINEAR {
        @Override
        double factor(double fraction, double ratio) {
            return 1 - (1 - fraction) * (1 - ratio);
        }
    },
    /** From {@code warmup_ratio} times the regular value, by the same factor in every iteration. */
    EXP {
        @Override
        double factor(double fraction, double ratio) {
            return Math.pow(ratio, 1 - fraction);
        }
    };

    /**
     * What a learning rate is multiplied by.
     *
     * @param fraction of the warm-up that is over
     * @param ratio the first factor
     */
    abstract double factor(double fraction, double ratio);
}
