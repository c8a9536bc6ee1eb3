package io.github.selfsup4j.data;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

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

    /** Waits for the end of every thread; what was asked for before is done. */
    @Override
    public void close() {
        if (pool == null) {
            return;
        }
        pool.shutdown();
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
