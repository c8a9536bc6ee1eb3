package io.github.selfsup4j.hooks.schedule;

/**
 * One cycle over a whole run. Reference: {@code OneCycleLrUpdaterHook} of mmcv; Smith and Topin, "Super-Convergence",
 * where the second half is one phase or two.
 *
 * @param pctStart which part of the run leads to the peak
 * @param annealing the curve of every phase
 * @param threePhase whether the value returns to the first one, symmetrically, before it goes to the last one
 */
record OneCycle(double pctStart, Annealing annealing, boolean threePhase) {

    /** The value at an iteration out of {@code total}. */
    double value(double first, double peak, double last, long iteration, long total) {
        double peakAt = pctStart * total - 1;
        if (iteration <= peakAt) {
            return between(first, peak, iteration, 0, peakAt);
        }
        double returnAt = 2 * pctStart * total - 2;
        if (!threePhase) {
            return between(peak, last, iteration, peakAt, (double) (total - 1));
        } else if (iteration <= returnAt) {
            return between(peak, first, iteration, peakAt, returnAt);
        }
        return between(first, last, iteration, returnAt, (double) (total - 1));
    }

    private double between(double from, double to, long iteration, double start, double end) {
        return annealing.between(from, to, end == start ? 1 : (iteration - start) / (end - start));
    }
}
