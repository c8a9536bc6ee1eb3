package io.github.selfsup4j.hooks.schedule;

import io.github.selfsup4j.registry.Component;
import io.github.selfsup4j.runner.Progress;
import jakarta.inject.Inject;

/** A constant learning rate, but for the warm-up. */
@Component("FixedLrUpdaterHook")
public final class FixedLrUpdaterHook extends LrUpdaterHook {

    /** Keys of {@code policy: Fixed}. */
    public static final class Config extends LrUpdaterHook.Config {}

    @Inject
    FixedLrUpdaterHook(Config config) {
        super(config);
    }

    @Override
    protected double regular(double initial, int group, Progress progress) {
        return initial;
    }
}
