package io.github.selfsup4j.experiment;

import ai.djl.ndarray.NDManager;
import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.data.BadImages;
import io.github.selfsup4j.data.TrainingData;
import io.github.selfsup4j.inject.ComponentFactory;
import io.github.selfsup4j.inject.ComponentPlan;
import io.github.selfsup4j.model.Algorithm;
import io.github.selfsup4j.nn.BatchNorm;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Precision;
import io.github.selfsup4j.optim.LossScaling;
import io.github.selfsup4j.optim.Optimizer;
import io.github.selfsup4j.runner.Hook;
import io.github.selfsup4j.runner.HookList;
import io.github.selfsup4j.runner.ParameterUpdate;
import io.github.selfsup4j.runner.RunInfo;
import io.github.selfsup4j.runner.RunLog;
import io.github.selfsup4j.runner.RunSettings;
import io.github.selfsup4j.runner.Runner;
import io.github.selfsup4j.runner.TrainingRun;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds what surrounds a model in training: optimizer, hooks, and the loop itself.
 *
 * @param experiment without problems
 */
public record RunBuilder(Experiment experiment, RunSettings settings, RunLog log) {
    private static final Logger LOG = LoggerFactory.getLogger(RunBuilder.class);

    /** The factory of components without a run, with the services that they may ask for. */
    public static ComponentFactory factory(Kernels kernels, RunSettings settings) {
        return factory(kernels, settings, BadImages.told(LOG::warn));
    }

    /** The factory of a run's components, with the services that they may ask for. */
    public static ComponentFactory factory(Kernels kernels, RunSettings settings, BadImages badImages) {
        return new ComponentFactory(binder -> {
            binder.bind(Kernels.class).toInstance(kernels);
            binder.bind(RunSettings.class).toInstance(settings);
            binder.bind(BadImages.class).toInstance(badImages);
        });
    }

    /**
     * A run at its beginning.
     *
     * @param furtherHooks those of the caller
     */
    public TrainingRun build(
            Algorithm model,
            NDManager manager,
            Kernels kernels,
            ComponentFactory factory,
            TrainingData data,
            List<Hook> furtherHooks) {
        Optimizer optimizer = factory.build(required(experiment.optimizer(), "optimizer"), Optimizer.class);
        optimizer.attach(model.namedParameters());
        ParameterUpdate update =
                new ParameterUpdate(optimizer, experiment.config().optimizerConfig, scaling(), kernels);
        Runner runner = factory.build(required(experiment.runner(), "runner"), Runner.class);
        if (ModelBuilder.parts(model.layer(), BatchNorm.class).stream().anyMatch(BatchNorm::isSynchronised)) {
            log.info("SyncBN: there is one device, so it is plain batch normalisation");
        }
        RunInfo info = new RunInfo(
                experiment.name(), settings.seed(), Environment.describe(settings), experiment.effectiveConfig());
        return new TrainingRun(settings, info, model, manager, update, data, runner, hooks(factory, furtherHooks), log);
    }

    private Optional<LossScaling> scaling() {
        if (settings.precision() != Precision.FP16) {
            return Optional.empty();
        }
        LossScaling.Config config = experiment.config().fp16;
        return Optional.of(new LossScaling(config == null ? new LossScaling.Config() : config));
    }

    private HookList hooks(ComponentFactory factory, List<Hook> furtherHooks) {
        HookList hooks = new HookList();
        for (PlannedHook planned : experiment.hooks()) {
            Hook hook = factory.build(planned.plan(), Hook.class);
            hooks.add(hook, planned.priority().orElse(hook.priority().value()));
        }
        furtherHooks.forEach(hooks::add);
        log.info(hooks.table());
        return hooks;
    }

    /**
     * A part that training needs.
     *
     * @throws ConfigException if the config has none
     */
    public static ComponentPlan required(Optional<ComponentPlan> plan, String section) {
        return plan.orElseThrow(() -> ConfigException.of("the config has no " + section + ", which training needs"));
    }
}
