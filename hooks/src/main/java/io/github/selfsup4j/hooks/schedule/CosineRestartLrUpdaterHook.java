package io.github.selfsup4j.hooks.schedule;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.config.Required;
import io.github.selfsup4j.registry.Component;
import io.github.selfsup4j.runner.Progress;
import jakarta.inject.Inject;
import java.util.List;

/** Falls in half a period of a cosine again and again. Reference: Loshchilov and Hutter, "SGDR". */
@Component("CosineRestartLrUpdaterHook")
public final class CosineRestartLrUpdaterHook extends AnnealedLrUpdaterHook {

    /** Keys of {@code policy: CosineRestart}. */
    public static final class Config extends AnnealedLrUpdaterHook.Config {
        /**
         * The length of each period in epochs, or iterations if {@code by_epoch} is false; together at least the run.
         */
        @Required
        public List<Integer> periods;
        /** The height of each period relative to the first. */
        public List<Double> restartWeights = List.of(1.0);

        @Override
        public void validate(Checks checks) {
            super.validate(checks);
            checks.require(periods.stream().allMatch(period -> period > 0), "periods", "positive numbers");
            checks.require(
                    periods.size() == restartWeights.size(),
                    "restartWeights",
                    "as many numbers as there are periods (" + periods.size() + ")");
        }
    }

    private final Config config;

    @Inject
    CosineRestartLrUpdaterHook(Config config) {
        super(config);
        this.config = config;
    }

    /** @throws ConfigException if the run is longer than all periods together */
    @Override
    protected double regular(double initial, int group, Progress progress) {
        long done = done(progress);
        for (int i = 0; i < config.periods.size(); i++) {
            int period = config.periods.get(i);
            if (done < period) {
                return Annealing.cosine(initial, target(initial), (double) done / period, config.restartWeights.get(i));
            }
            done -= period;
        }
        throw ConfigException.of("lr_config.periods " + config.periods + " end before the run does, which is "
                + max(progress) + (byEpoch(progress) ? " epochs" : " iterations") + " long");
    }
}
