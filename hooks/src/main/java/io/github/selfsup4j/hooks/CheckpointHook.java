package io.github.selfsup4j.hooks;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.io.disk.AtomicFile;
import io.github.selfsup4j.io.disk.DiskProblem;
import io.github.selfsup4j.registry.Component;
import io.github.selfsup4j.runner.CheckpointNotSavedException;
import io.github.selfsup4j.runner.Hook;
import io.github.selfsup4j.runner.RunContext;
import io.github.selfsup4j.runner.StepResult;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Writes {@code epoch_N.pth} or {@code iter_N.pth} from time to time. Reference: {@code CheckpointHook} of mmcv. */
@Component("CheckpointHook")
public final class CheckpointHook implements Hook {

    /** Keys of {@code checkpoint_config}. */
    public static final class Config implements Validated {
        /** Epochs or iterations between checkpoints; -1 for never. */
        public int interval = -1;
        /** Whether epochs are counted, not iterations; null for what the runner counts. */
        public Boolean byEpoch = null;
        /** Whether optimizer and hooks' states go in, without which a run can't be resumed. */
        public boolean saveOptimizer = true;
        /** A folder to hold a folder of the run's name with the checkpoints; null for the run's own folder. */
        public String outDir = null;
        /** How many checkpoints to keep; -1 for all. */
        public int maxKeepCkpts = -1;
        /** Whether to write one at the end of the run in any case. */
        public boolean saveLast = true;
        /** Whether {@code latest.pth} points at the newest one. */
        public boolean createSymlink = true;
        /** File name with {@code {}} for the number; null for {@code epoch_{}.pth} or {@code iter_{}.pth}. */
        public String filenameTmpl = null;

        @Override
        public void validate(Checks checks) {
            OutputFolder.check(outDir, checks);
            checks.require(
                    filenameTmpl == null || filenameTmpl.contains("{}"), "filenameTmpl", "a file name with {} in it");
        }
    }

    private final Config config;
    private String failure;

    @Inject
    CheckpointHook(Config config) {
        this.config = config;
    }

    private boolean byEpoch(RunContext run) {
        return config.byEpoch == null ? run.countsEpochs() : config.byEpoch;
    }

    @Override
    public void beforeRun(RunContext run) {
        run.log().info("Checkpoints go to " + OutputFolder.prepare(config.outDir, run));
    }

    @Override
    public void afterTrainEpoch(RunContext run) {
        if (byEpoch(run) && (run.everyEpochs(config.interval) || (config.saveLast && run.lastEpoch()))) {
            save(run, run.epoch() + 1, "epoch");
        }
    }

    @Override
    public void afterTrainIter(RunContext run, StepResult step) {
        if (!byEpoch(run) && (run.everyIterations(config.interval) || (config.saveLast && run.lastIteration()))) {
            save(run, run.iteration() + 1, "iter");
        }
    }

    /** A run does not end well without its last checkpoint. */
    @Override
    public void afterRun(RunContext run) {
        if (failure != null) {
            run.stop("the last checkpoint was not saved: " + failure);
        }
    }

    /** A disk that fails does not end the run: there may be room again until the next time. */
    private void save(RunContext run, long number, String unit) {
        try {
            trySave(run, number, unit);
            failure = null;
        } catch (CheckpointNotSavedException | UncheckedIOException e) {
            failure = e.getMessage();
            run.log()
                    .warn(failure + "; training goes on, the next try is that of the next checkpoint"
                            + run.lastCheckpoint()
                                    .map(file -> ", until then " + file + " is the last one")
                                    .orElse(""));
        }
    }

    /** Checkpoints of interrupted starts are in the way of a run that counts epochs: a newer one is there now. */
    private static void deleteInterrupted(RunContext run, CheckpointNames own) throws IOException {
        CheckpointNames interrupted = new CheckpointNames("iter_{}.pth");
        if (!own.equals(interrupted)) {
            interrupted.deleteOlder(run.workDirectory(), run.iteration() + 1, 0);
        }
    }

    private void trySave(RunContext run, long number, String unit) {
        CheckpointNames names =
                new CheckpointNames(config.filenameTmpl == null ? unit + "_{}.pth" : config.filenameTmpl);
        Path file = OutputFolder.of(config.outDir, run).resolve(names.of(number));
        run.log().info("Saving checkpoint " + file.getFileName());
        run.saveCheckpoint(file, config.saveOptimizer);
        try {
            if (config.createSymlink) {
                AtomicFile.link(file.resolveSibling("latest.pth"), file);
            }
            if (config.maxKeepCkpts > 0) {
                names.deleteOlder(file.toAbsolutePath().getParent(), number, config.maxKeepCkpts - 1);
                deleteInterrupted(run, names);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't tidy up after checkpoint " + file + ": " + DiskProblem.reason(e), e);
        }
    }
}
