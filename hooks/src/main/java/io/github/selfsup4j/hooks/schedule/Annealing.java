package io.github.selfsup4j.hooks.schedule;

/** The curve from one value to another. Reference: {@code annealing_cos} and {@code annealing_linear} of mmcv. */
public enum Annealing {
    /** Half a period of a cosine: slow at both ends. */
    COS {
        @Override
        double between(double start, double end, double fraction) {
            return cosine(start, end, fraction, 1);
        }
    },
    /** A straight line. */
    LINEAR {
        @Override
        double between(double start, double end, double fraction) {
            return start + (end - start) * fraction;
        }
    };

    /**
     * The value on the way.
     *
     * @param fraction of the way, 0 to 1; below 0 the curve goes on backwards
     */
    abstract double between(double start, double end, double fraction);

    /** A cosine that begins at {@code weight * start + (1 - weight) * end}. */
    static double cosine(double start, double end, double fraction, double weight) {
        return end + 0.5 * weight * (start - end) * (Math.cos(Math.PI * fraction) + 1);
    }
}
