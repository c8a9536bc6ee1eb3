package io.github.selfsup4j.data;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjIntConsumer;

/**
 * Makes samples, in several threads at once. A picture that can't be read is told once, with its path, and replaced by
 * another one, the same in every run; too many of them end it.
 */
final class SampleMaker {
    private static final int ATTEMPTS = 100;

    private record Work(int index, long start) {}

    private final Dataset dataset;
    private final DataLoader.Settings settings;
    private final BadImages badImages;
    private final Set<Integer> bad = ConcurrentHashMap.newKeySet();
    private final Map<Thread, Work> inWork = new ConcurrentHashMap<>();

    SampleMaker(Dataset dataset, DataLoader.Settings settings, BadImages badImages) {
        this.dataset = dataset;
        this.settings = settings;
        this.badImages = badImages;
    }

    /**
     * Makes a sample and hands it on, with the index of its picture.
     *
     * @throws DataException if it can't be made or taken, or if too many pictures are unreadable
     */
    void make(int epoch, int index, ObjIntConsumer<Sample> into) {
        try {
            int candidate = index;
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                inWork.put(Thread.currentThread(), new Work(candidate, System.nanoTime()));
                if (tryToMake(epoch, candidate, into)) {
                    return;
                }
                candidate =
                        RandomStream.of(settings.seed(), epoch, index, attempt).randint(0, dataset.size() - 1);
            }
            throw new DataException("none of " + ATTEMPTS + " pictures could be read; the first was "
                    + dataset.source().describe(index));
        } finally {
            inWork.remove(Thread.currentThread());
        }
    }

    /** @return false if the picture can't be read */
    private boolean tryToMake(int epoch, int index, ObjIntConsumer<Sample> into) {
        try {
            into.accept(dataset.sample(index, RandomStream.of(settings.seed(), epoch, index)), index);
            return true;
        } catch (ClosedByInterruptException | InterruptedIOException e) {
            throw new DataException(named(index) + ": interrupted while it was read", e);
        } catch (IOException e) {
            remember(index, e);
            return false;
        } catch (OutOfMemoryError e) {
            throw new DataException(
                    named(index) + ": out of memory (" + e.getMessage()
                            + "): lower data.workers_per_gpu or data.samples_per_gpu,"
                            + " or give the process more, SELFSUP_JAVA_ARGS=-Xmx8g",
                    e);
        } catch (RuntimeException | Error e) {
            throw new DataException(
                    named(index) + ": " + (e instanceof Error || e.getMessage() == null ? e : e.getMessage()), e);
        }
    }

    private String named(int index) {
        return "sample " + index + " (" + dataset.source().describe(index) + ")";
    }

    private void remember(int index, IOException problem) {
        if (!bad.add(index)) {
            return;
        }
        String path = dataset.source().describe(index);
        String message = String.valueOf(problem.getMessage());
        badImages.add(path, message.startsWith(path + ": ") ? message.substring(path.length() + 2) : message);
        if (bad.size() > settings.maxBadFraction() * dataset.size()) {
            throw new DataException(bad.size() + " of " + dataset.size()
                    + " pictures can't be read, more than the fraction of " + settings.maxBadFraction()
                    + " that data.max_bad_fraction allows; the last: " + problem.getMessage());
        }
    }

    /** @throws DataException if a sample has been in work for longer than allowed, saying which and where */
    void requireOnTime() {
        long limit = (long) (settings.workerTimeout() * TimeUnit.SECONDS.toNanos(1));
        inWork.forEach((thread, work) -> {
            if (limit > 0 && System.nanoTime() - work.start > limit) {
                StackTraceElement[] stack = thread.getStackTrace();
                throw new DataException(named(work.index) + ": not made within the " + settings.workerTimeout()
                        + " s that data.worker_timeout allows"
                        + (stack.length == 0 ? "" : "; the worker is at " + place(stack)));
            }
        });
    }

    /** The innermost step and, if that is one of Java itself, the innermost that is not. */
    private static String place(StackTraceElement[] stack) {
        for (StackTraceElement step : stack) {
            if (step.getModuleName() == null) {
                return step.equals(stack[0]) ? told(step) : told(stack[0]) + ", called from " + told(step);
            }
        }
        return told(stack[0]);
    }

    private static String told(StackTraceElement step) {
        return step.getClassName() + "." + step.getMethodName()
                + (step.getLineNumber() > 0 ? ":" + step.getLineNumber() : "");
    }
}
