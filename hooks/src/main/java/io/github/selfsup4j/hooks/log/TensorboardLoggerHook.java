package io.github.selfsup4j.hooks.log;

import io.github.selfsup4j.optim.ParameterGroup;
import io.github.selfsup4j.registry.Component;
import io.github.selfsup4j.runner.Evaluation;
import io.github.selfsup4j.runner.RunContext;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Logs to event files that TensorBoard shows: {@code train/loss}, ..., {@code val/knn_top1}, ..., {@code learning_rate}
 * and {@code momentum} of the first parameter group, over iterations. Reference: {@code TensorboardLoggerHook} of mmcv.
 */
@Component("TensorboardLoggerHook")
public final class TensorboardLoggerHook extends LoggerHook {

    /** Keys of {@code TensorboardLoggerHook}. */
    public static final class Config extends LoggerHook.Config {
        /** Folder of the event files; null for {@code tf_logs} in the run's folder. */
        public Path logDir = null;
    }

    private final Config config;
    private EventFile events;

    @Inject
    TensorboardLoggerHook(Config config) {
        super(config);
        this.config = config;
    }

    @Override
    public void beforeRun(RunContext run) {
        super.beforeRun(run);
        events = EventFile.createIn(
                config.logDir == null ? run.workDirectory().resolve("tf_logs") : config.logDir, run.log()::warn);
    }

    @Override
    protected void logTraining(RunContext run, Map<String, Double> averages) {
        Map<String, Double> values = new LinkedHashMap<>(averages);
        values.keySet().removeAll(Set.of("time", "data_time"));
        write(run, "train/", values, run.iteration() + 1);
    }

    @Override
    public void afterEvaluation(RunContext run, Evaluation evaluation) {
        write(run, "val/", evaluation.scores(), evaluation.iteration());
    }

    private void write(RunContext run, String prefix, Map<String, Double> values, long step) {
        Map<String, Double> scalars = new LinkedHashMap<>();
        values.forEach((name, value) -> scalars.put(prefix + name, value));
        ParameterGroup group = run.parameterGroups().get(0);
        scalars.put("learning_rate", group.lr());
        scalars.put("momentum", momentum(group));
        events.write(step, scalars);
    }

    private static double momentum(ParameterGroup group) {
        return group.has("momentum") ? group.option("momentum") : group.has("beta1") ? group.option("beta1") : 0;
    }
}
