package io.github.selfsup4j.tools.terminal;

import io.github.selfsup4j.runner.Hook;
import io.github.selfsup4j.runner.Priority;
import io.github.selfsup4j.runner.RunContext;
import io.github.selfsup4j.runner.StepResult;
import java.time.Duration;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar over the iterations of a run, on a terminal only. */
final class ProgressHook implements Hook {
    private static final int WIDTH = 100;

    private final Console console;
    private ProgressBar bar;

    ProgressHook(Console console) {
        this.console = console;
    }

    @Override
    public Priority priority() {
        return Priority.LOWEST;
    }

    @Override
    public void beforeRun(RunContext run) {
        if (console.interactive()) {
            bar = new ProgressBarBuilder()
                    .setTaskName("training")
                    .setInitialMax(run.maxIterations())
                    .setStyle(ProgressBarStyle.ASCII)
                    .startsFrom(run.iteration(), Duration.ZERO)
                    .setConsumer(new DelegatingProgressBarConsumer(console::status, WIDTH))
                    .build();
        }
    }

    @Override
    public void afterTrainIter(RunContext run, StepResult step) {
        if (bar != null) {
            bar.stepTo(run.iteration() + 1);
            bar.setExtraMessage(String.format(" epoch %d/%d loss %.4f", run.epoch() + 1, run.maxEpochs(), step.loss()));
        }
    }

    @Override
    public void afterRun(RunContext run) {
        if (bar != null) {
            bar.close();
            console.status("");
        }
    }
}
