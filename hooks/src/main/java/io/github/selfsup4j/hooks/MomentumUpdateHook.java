package io.github.selfsup4j.hooks;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.model.MomentumTarget;
import io.github.selfsup4j.registry.Component;
import io.github.selfsup4j.runner.Hook;
import io.github.selfsup4j.runner.Priority;
import io.github.selfsup4j.runner.RunContext;
import io.github.selfsup4j.runner.StepResult;
import jakarta.inject.Inject;

/**
 * Moves the target network of BYOL, MoCo v3 and others after the optimizer's step, with a momentum that rises from the
 * algorithm's {@code base_momentum} in half a period of a cosine. Reference: {@code MomentumUpdateHook} of MMSelfSup.
 */
@Component({"MomentumUpdateHook", "BYOLHook"})
public final class MomentumUpdateHook implements Hook {

    /** Keys of {@code MomentumUpdateHook}. */
    public static final class Config implements Validated {
        /** The momentum at the end of the run. */
        public double endMomentum = 1;
        /** Iterations between updates. */
        public int updateInterval = 1;

        @Override
        public void validate(Checks checks) {
            checks.require(updateInterval > 0, "updateInterval", "a positive number");
        }
    }

    private final Config config;

    @Inject
    MomentumUpdateHook(Config config) {
        this.config = config;
    }

    /** Before checkpoints are written: the update is a part of the iteration. */
    @Override
    public Priority priority() {
        return Priority.ABOVE_NORMAL;
    }

    @Override
    public void beforeTrainIter(RunContext run) {
        if (run.everyIterations(config.updateInterval)) {
            MomentumTarget target = run.capability(MomentumTarget.class);
            double fraction = (double) run.iteration() / run.maxIterations();
            target.setMomentum(config.endMomentum
                    - (config.endMomentum - target.baseMomentum()) * (Math.cos(Math.PI * fraction) + 1) / 2);
        }
    }

    @Override
    public void afterTrainIter(RunContext run, StepResult step) {
        if (run.everyIterations(config.updateInterval)) {
            run.capability(MomentumTarget.class).momentumUpdate();
        }
    }
}
