package io.github.selfsup4j.data;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Threads that make samples, first come, first served; with none of them the calling thread does. */
final class DataWorkers implements Executor, AutoCloseable {
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final ExecutorService pool;

    /** @param count number of threads */
    DataWorkers(int count) {
        pool = count == 0 ? null : Executors.newFixedThreadPool(count, this::newThread);
    }

    private Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "data-worker-" + threads.size());
        thread.setDaemon(true);
        threads.add(thread);
        return thread;
    }

    /** True if there are no threads. */
    boolean none() {
        return pool == null;
    }

    @Override
    public void execute(Runnable task) {
        if (pool == null) {
            task.run();
        } else {
            pool.execute(task);
        }
    }

    /** Asks whoever is at work to stop, by {@link Thread#interrupt}. */
    void interrupt() {
        threads.forEach(Thread::interrupt);
    }

    /**
     * Waits for the end of every thread, also if the calling one is interrupted; what was asked for before is done. A
     * thread that hangs is interrupted and, if that does not help, left behind: as a daemon it does not keep the
     * process.
     */
    @Override
    public void close() {
        if (pool == null) {
            return;
        }
        pool.shutdown();
        if (!Patience.await(left -> pool.awaitTermination(left, TimeUnit.NANOSECONDS))) {
            pool.shutdownNow();
        }
        Patience.await(left -> {
            for (Thread thread : threads) {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)) / threads.size() + 1);
            }
            return threads.stream().noneMatch(Thread::isAlive);
        });
    }
}
