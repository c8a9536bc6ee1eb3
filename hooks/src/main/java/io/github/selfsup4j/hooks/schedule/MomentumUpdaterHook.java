package io.github.selfsup4j.hooks.schedule;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.optim.ParameterGroup;
import io.github.selfsup4j.runner.Priority;

/**
 * A schedule of the optimizer's momentum, which is {@code beta1} of an Adam: {@code momentum_config: {policy: P, ...}}
 * asks for the component {@code PMomentumUpdaterHook}. During a warm-up the momentum is larger than the regular one.
 * Reference: {@code MomentumUpdaterHook} of mmcv.
 */
public abstract class MomentumUpdaterHook extends UpdaterHook {

    /** Keys of every momentum schedule. */
    public abstract static class Config extends UpdaterHook.Config {
        /** The warm-up begins at the regular momentum divided by this, in (0, 1]. */
        public double warmupRatio = 0.9;

        @Override
        public void validate(Checks checks) {
            super.validate(checks);
            checks.require(
                    warmup == null || (warmupRatio > 0 && warmupRatio <= 1), "warmupRatio", "a number in (0, 1]");
        }
    }

    private final Config config;

    /** @param config the keys that all schedules share */
    protected MomentumUpdaterHook(Config config) {
        super(config);
        this.config = config;
    }

    @Override
    public Priority priority() {
        return Priority.HIGH;
    }

    /** @throws ConfigException if the optimizer has no momentum */
    @Override
    final String option(ParameterGroup group) {
        if (group.has("momentum")) {
            return "momentum";
        } else if (group.has("beta1")) {
            return "beta1";
        }
        throw ConfigException.of(
                "momentum_config needs an optimizer with momentum or betas; this one has " + group.options());
    }

    @Override
    final double warm(double regular, double factor) {
        return regular / factor;
    }

    @Override
    final double warmUpFactor(WarmUp warmUp, double fraction) {
        return warmUp.factor(fraction, config.warmupRatio);
    }
}
