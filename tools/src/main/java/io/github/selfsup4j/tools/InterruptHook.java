package io.github.selfsup4j.tools;

import io.github.selfsup4j.io.AtomicFile;
import io.github.selfsup4j.runner.Hook;
import io.github.selfsup4j.runner.Priority;
import io.github.selfsup4j.runner.RunContext;
import io.github.selfsup4j.runner.StepResult;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a run that is asked to end (Ctrl-C, {@code SIGTERM}) finish its iteration and write a checkpoint
 * first. The process stays until that is done: native code that is cut off in the middle would crash it.
 */
final class InterruptHook implements Hook, AutoCloseable {
    private static final int PATIENCE_MINUTES = 10;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread shutdown = new Thread(this::requestAndWait, "finish-iteration");
    private volatile boolean requested;

    InterruptHook() {
        Runtime.getRuntime().addShutdownHook(shutdown);
    }

    private void requestAndWait() {
        requested = true;
        try {
            ended.await(PATIENCE_MINUTES, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** After every other hook, so that the checkpoint holds what they did. */
    @Override
    public Priority priority() {
        return Priority.LOWEST;
    }

    @Override
    public void afterTrainIter(RunContext run, StepResult step) {
        if (!requested) {
            return;
        }
        Path file = run.workDirectory().resolve("iter_" + (run.iteration() + 1) + ".pth");
        run.saveCheckpoint(file, true);
        try {
            AtomicFile.link(run.workDirectory().resolve("latest.pth"), file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String message = "interrupted after iteration " + (run.iteration() + 1) + "; saved as " + file + ", --auto-resume goes on from there";
        run.log().warn(message);
        run.stop(message);
    }

    /** The run is over: nothing is left to wait for. */
    @Override
    public void close() {
        ended.countDown();
    }
}
