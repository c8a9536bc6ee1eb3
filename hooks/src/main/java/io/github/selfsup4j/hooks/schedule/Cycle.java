package io.github.selfsup4j.hooks.schedule;

import io.github.selfsup4j.config.ConfigException;

/**
 * Cycles of a value that goes up and down again. Reference: {@code CyclicLrUpdaterHook} of mmcv; Smith, "Cyclical
 * Learning Rates for Training Neural Networks", with a choice of curve.
 *
 * @param peak the highest value relative to the initial one
 * @param end the value at the end of a cycle relative to the initial one
 * @param times number of cycles in a run
 * @param ratioUp which part of a cycle goes up
 * @param annealing the curve
 * @param gamma what the height of the peak is multiplied by from cycle to cycle
 */
record Cycle(double peak, double end, int times, double ratioUp, Annealing annealing, double gamma) {

    /** @param targetRatio peak and end, or the peak alone */
    static Cycle of(Numbers targetRatio, int times, double ratioUp, Annealing annealing, double gamma) {
        double peak = targetRatio.values().get(0);
        double end = targetRatio.values().size() == 1
                ? peak / 1e5
                : targetRatio.values().get(1);
        return new Cycle(peak, end, times, ratioUp, annealing, gamma);
    }

    /** @throws ConfigException if a cycle is shorter than an iteration */
    double value(double initial, long iteration, long maxIterations) {
        long length = maxIterations / times;
        if (length == 0) {
            throw ConfigException.of(
                    "cyclic_times is " + times + ", more than the " + maxIterations + " iterations of the run");
        }
        long up = (long) (ratioUp * length);
        long done = iteration % length;
        long cycle = iteration / length;
        double scale = Math.pow(gamma, (double) cycle);
        if (up == 0) {
            // The reference then scales the end in place of the peak.
            return annealing.between(initial * peak, initial * (1 - scale + end * scale), (double) done / length);
        }
        double top = initial * (1 - scale + peak * scale);
        return done < up
                ? annealing.between(initial, top, (double) done / up)
                : annealing.between(top, initial * end, (double) (done - up) / (length - up));
    }
}
