package io.github.selfsup4j.hooks.log;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.hooks.OutputFolder;
import io.github.selfsup4j.io.disk.AppendedFile;
import io.github.selfsup4j.registry.Component;
import io.github.selfsup4j.runner.Evaluation;
import io.github.selfsup4j.runner.RunContext;
import io.github.selfsup4j.runner.RunInfo;
import io.github.selfsup4j.runner.StepResult;
import io.github.selfsup4j.runner.UsedMemory;
import jakarta.inject.Inject;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Logs to the console, {@code TIMESTAMP.log} and {@code TIMESTAMP.log.json}, in mmcv's formats:
 *
 * <pre>
 * Epoch [1][50/62]	lr: 1.500e-03, eta: 0:01:23, time: 0.123, data_time: 0.003, memory: 512, loss: 6.1234, grad_norm: 1.2345
 * {"mode": "train", "epoch": 1, "iter": 50, "lr": 0.0015, "memory": 512, "data_time": 0.003, "loss": 6.1234, "grad_norm": 1.2345, "time": 0.123}
 * </pre>
 *
 * <p>In the JSON file the first line tells name, seed, environment and config of the run; numbers are rounded to five
 * digits. Two runs with the same seed have the same values everywhere but in {@code time}, {@code data_time} and
 * {@code memory} (the resident memory of the process in MB, where the system tells). Reference: {@code TextLoggerHook}
 * of mmcv.
 */
@Component("TextLoggerHook")
public final class TextLoggerHook extends LoggerHook {

    /** Keys of {@code TextLoggerHook}. */
    public static final class Config extends LoggerHook.Config {
        /** Iterations between lines that tell the name of the experiment. */
        public int intervalExpName = 1000;
        /**
         * A folder to hold a folder of the run's name, to which logs are copied at the end of the run; null for none.
         */
        public String outDir = null;
        /** What the names of the files to copy end with. */
        public List<String> outSuffix = List.of(".log.json", ".log", ".yaml");
        /** Whether files that were copied stay where they were. */
        public boolean keepLocal = true;

        @Override
        public void validate(Checks checks) {
            super.validate(checks);
            OutputFolder.check(outDir, checks);
        }
    }

    private final Config config;
    private long firstIteration;
    private double seconds;
    private AppendedFile jsonFile;

    @Inject
    TextLoggerHook(Config config) {
        super(config);
        this.config = config;
    }

    @Override
    public void beforeRun(RunContext run) {
        super.beforeRun(run);
        firstIteration = run.iteration();
        jsonFile = new AppendedFile(run.workDirectory().resolve(run.timestamp() + ".log.json"), run.log()::warn);
        RunInfo info = run.info();
        new JsonLine()
                .put("env_info", info.environment())
                .put("config", info.config())
                .put("seed", info.seed())
                .put("exp_name", info.experimentName())
                .appendTo(jsonFile);
    }

    @Override
    public void afterTrainIter(RunContext run, StepResult step) {
        seconds += run.values().last("time").orElse(0);
        super.afterTrainIter(run, step);
    }

    @Override
    protected void logTraining(RunContext run, Map<String, Double> averages) {
        if (run.everyIterations(config.intervalExpName) || (byEpoch(run) && run.endOfEpoch())) {
            run.log().info("Exp name: " + run.info().experimentName());
        }
        OptionalLong memory = UsedMemory.megabytes(run.device());
        run.log().info(trainingLine(run, averages, memory));
        JsonLine json = new JsonLine()
                .put("mode", "train")
                .put("epoch", run.epoch() + 1)
                .put("iter", iteration(run))
                .put("lr", lr(run));
        memory.ifPresent(megabytes -> json.put("memory", megabytes));
        averages.forEach(json::put);
        json.appendTo(jsonFile);
    }

    /** Counted as the lines count: within the epoch, or within the run. */
    private long iteration(RunContext run) {
        return (byEpoch(run) ? run.innerIteration() : run.iteration()) + 1;
    }

    private static double lr(RunContext run) {
        return run.parameterGroups().get(0).lr();
    }

    private String trainingLine(RunContext run, Map<String, Double> averages, OptionalLong memory) {
        Map<String, Double> others = new LinkedHashMap<>(averages);
        Double time = others.remove("time");
        Double dataTime = others.remove("data_time");
        List<String> items = new ArrayList<>();
        items.add("lr: " + Numerals.scientific(lr(run)));
        if (time != null && dataTime != null) {
            items.add("eta: " + eta(run));
            items.add("time: " + Numerals.fixed(time, 3));
            items.add("data_time: " + Numerals.fixed(dataTime, 3));
            memory.ifPresent(megabytes -> items.add("memory: " + megabytes));
        }
        others.forEach((name, value) -> items.add(name + ": " + Numerals.fixed(value, 4)));
        String where = byEpoch(run)
                ? "Epoch [" + (run.epoch() + 1) + "][" + iteration(run) + "/" + run.iterationsPerEpoch() + "]"
                : "Iter [" + iteration(run) + "/" + run.maxIterations() + "]";
        return where + "\t" + String.join(", ", items);
    }

    /** From the mean time of this run's iterations so far. */
    private String eta(RunContext run) {
        double mean = seconds / (run.iteration() - firstIteration + 1);
        return Numerals.duration((long) (mean * (run.maxIterations() - run.iteration() - 1)));
    }

    @Override
    public void afterEvaluation(RunContext run, Evaluation evaluation) {
        List<String> items = new ArrayList<>();
        JsonLine json = new JsonLine()
                .put("mode", "val")
                .put("epoch", evaluation.epoch())
                .put("iter", evaluation.batches())
                .put("lr", lr(run));
        evaluation.scores().forEach((name, value) -> {
            items.add(name + ": " + Numerals.fixed(value, 4));
            json.put(name, value);
        });
        String where = byEpoch(run)
                ? "Epoch(val) [" + evaluation.epoch() + "][" + evaluation.batches() + "]"
                : "Iter(val) [" + evaluation.iteration() + "]";
        run.log().info(where + "\t" + String.join(", ", items));
        json.appendTo(jsonFile);
    }

    @Override
    public void afterRun(RunContext run) {
        if (config.outDir != null && !config.outDir.isEmpty()) {
            try {
                LogCopies.copy(
                        run.workDirectory(), OutputFolder.of(config.outDir, run), config.outSuffix, config.keepLocal);
            } catch (UncheckedIOException e) {
                run.log().warn(e.getMessage());
            }
        }
    }
}
