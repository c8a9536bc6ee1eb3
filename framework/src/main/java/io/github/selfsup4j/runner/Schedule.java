package io.github.selfsup4j.runner;

/**
 * A hook that sets an option of the parameter groups from nothing but how far the run is. So its values can
 * be had without a run: that is how {@code selfsup schedule} plots them.
 */
public interface Schedule extends Hook {
    /** What is set: {@code lr} or {@code momentum} (which is {@code beta1} of an Adam). */
    String quantity();

    /**
     * The value that an iteration trains with.
     *
     * @param initial the value that the optimizer's config gives the parameter group
     * @param group index of the parameter group
     */
    double value(double initial, int group, Progress progress);
}
