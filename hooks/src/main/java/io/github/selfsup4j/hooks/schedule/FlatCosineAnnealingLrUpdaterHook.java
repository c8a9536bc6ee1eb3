package io.github.selfsup4j.hooks.schedule;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.registry.Component;
import io.github.selfsup4j.runner.Progress;
import jakarta.inject.Inject;

/** Stays at the initial learning rate for a part of the run, then falls to a minimum in half a period of a cosine. */
@Component("FlatCosineAnnealingLrUpdaterHook")
public final class FlatCosineAnnealingLrUpdaterHook extends AnnealedLrUpdaterHook {

    /** Keys of {@code policy: FlatCosineAnnealing}. */
    public static final class Config extends AnnealedLrUpdaterHook.Config {
        /** Which part of the run is flat, 0 to 1. */
        public double startPercent = 0.75;

        @Override
        public void validate(Checks checks) {
            super.validate(checks);
            checks.require(startPercent >= 0 && startPercent <= 1, "startPercent", "a number in [0, 1]");
        }
    }

    private final Config config;

    @Inject
    FlatCosineAnnealingLrUpdaterHook(Config config) {
        super(config);
        this.config = config;
    }

    @Override
    protected double regular(double initial, int group, Progress progress) {
        // rint rounds halves to even, as Python's round does
        double start = Math.rint(max(progress) * config.startPercent);
        double done = done(progress) - start;
        return done < 0 ? initial : Annealing.COS.between(initial, target(initial), done / (max(progress) - start));
    }
}
