package io.github.selfsup4j.runner;

import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.io.tree.Tree;
import io.github.selfsup4j.model.Algorithm;
import io.github.selfsup4j.model.StateLoader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What of a run goes into a checkpoint and comes back from one, besides its place.
 *
 * @param update with the optimizer
 * @param values what was logged and not yet written
 * @param iterationsPerEpoch of this run
 * @param config the effective config as YAML
 */
record RunState(
        Algorithm model,
        ParameterUpdate update,
        LogBuffer values,
        RollBacks rollBacks,
        HookList hooks,
        int iterationsPerEpoch,
        String config,
        RunLog log) {
    private static final String PARAMETER_UPDATE = "parameter_update";
    private static final String LOGGED = "logged_values";
    private static final String ROLL_BACKS = "roll_backs";
    private static final String ITERATIONS_PER_EPOCH = "iterations_per_epoch";

    /**
     * The run as it is now; to be written before it goes on.
     *
     * @param withOptimizer whether it can be resumed from that
     */
    Checkpoint save(Checkpoint.Progress progress, boolean withOptimizer) {
        if (!withOptimizer) {
            return new Checkpoint(progress, StateLoader.onDemand(model), Optional.empty(), Map.of(), config);
        }
        Map<String, Tree> states = new LinkedHashMap<>();
        states.put(PARAMETER_UPDATE, update.state());
        states.put(LOGGED, values.state());
        states.put(ROLL_BACKS, rollBacks.state());
        states.put(ITERATIONS_PER_EPOCH, Tree.of((long) iterationsPerEpoch));
        hooks.stateful().forEach(hook -> states.put(hook.stateName(), hook.saveState()));
        return new Checkpoint(
                progress,
                StateLoader.onDemand(model),
                Optional.of(update.optimizer().state()),
                states,
                config);
    }

    /** Which batches a new process has to leave out. */
    void restoreRollBacks(Checkpoint checkpoint) {
        state(checkpoint, ROLL_BACKS).ifPresent(rollBacks::load);
    }

    /**
     * Everything but the model's weights, which were loaded before.
     *
     * @param from the checkpoint's file
     * @param allowChanges whether an optimizer whose state does not fit starts anew
     * @return where the run goes on
     * @throws ConfigException if the checkpoint can't be continued with this config
     */
    Place restore(Checkpoint checkpoint, Path from, boolean allowChanges) {
        long perEpochThen =
                state(checkpoint, ITERATIONS_PER_EPOCH).map(Tree::asLong).orElse((long) iterationsPerEpoch);
        Place place = Place.of(checkpoint.progress(), perEpochThen, iterationsPerEpoch, allowChanges, from);
        if (perEpochThen != iterationsPerEpoch) {
            log.warn("an epoch has " + iterationsPerEpoch + " iterations, it had " + perEpochThen
                    + ": going on after iteration " + place.iteration());
        }
        restoreOptimizer(checkpoint, from, allowChanges);
        state(checkpoint, LOGGED).ifPresent(values::load);
        rollBacks.returnTo(from);
        hooks.stateful().forEach(hook -> state(checkpoint, hook.stateName()).ifPresent(hook::loadState));
        return place;
    }

    private void restoreOptimizer(Checkpoint checkpoint, Path from, boolean allowChanges) {
        Tree optimizer = checkpoint
                .optimizer()
                .orElseThrow(
                        () -> ConfigException.of(
                                from
                                        + " holds no optimizer state, so the run can't be resumed from it; start a new one with --load-from"));
        try {
            update.optimizer().load(optimizer);
            state(checkpoint, PARAMETER_UPDATE).ifPresent(update::load);
        } catch (ConfigException mismatch) {
            if (!allowChanges) {
                throw mismatch;
            }
            log.warn("the optimizer starts anew: " + mismatch.getMessage());
        }
    }

    private static Optional<Tree> state(Checkpoint checkpoint, String name) {
        return Optional.ofNullable(checkpoint.states().get(name));
    }
}
