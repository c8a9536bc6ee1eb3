package io.github.selfsup4j.data;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Makes batches of a dataset in worker threads, a bounded number ahead.
 *
 * <p>The order of an epoch follows from (seed, epoch), the randomness of a sample from (seed, epoch,
 * index): results are the same for any number of workers, and a run that starts in the middle of an epoch
 * sees what an uninterrupted one would see.
 */
public final class DataLoader implements TrainingData, AutoCloseable {

    /**
     * How to load.
     *
     * @param batchSize samples in a batch
     * @param workers threads; 0 makes batches in the calling thread
     * @param shuffle a new order every epoch
     * @param dropLast leaves out a last batch that is not full
     * @param seed of order and samples
     * @param maxBadFraction largest fraction of pictures that may be unreadable
     */
    public record Settings(int batchSize, int workers, boolean shuffle, boolean dropLast, long seed, double maxBadFraction) {
        /** In order, every sample once, for evaluation. */
        public static Settings inOrder(int batchSize, int workers) {
            return new Settings(batchSize, workers, false, false, 0, 0.01);
        }
    }

    private final Dataset dataset;
    private final Settings settings;
    private final BatchMaker maker;
    private final ExecutorService workers;
    private final int ahead;

    /**
     * A loader.
     *
     * @param warnings is told of every picture that can't be read
     */
    public DataLoader(Dataset dataset, Settings settings, Consumer<String> warnings) {
        this.dataset = dataset;
        this.settings = settings;
        this.maker = new BatchMaker(dataset, settings, warnings);
        this.ahead = settings.workers() == 0 ? 1 : settings.workers() + 1;
        AtomicInteger number = new AtomicInteger();
        this.workers = settings.workers() == 0 ? null : Executors.newFixedThreadPool(settings.workers(), task -> {
            Thread thread = new Thread(task, "data-worker-" + number.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public int batches() {
        int size = dataset.size();
        return settings.dropLast() ? size / settings.batchSize() : (size + settings.batchSize() - 1) / settings.batchSize();
    }

    @Override
    public Epoch epoch(int epoch, int skip) {
        return new Epoch(epoch, skip);
    }

    /** Stops and joins every worker. */
    @Override
    public void close() {
        if (workers != null) {
            workers.shutdownNow();
            try {
                workers.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The batches of an epoch in order; a batch is valid until the next one is asked for. */
    public final class Epoch implements Batches {
        private final int epoch;
        private final int[] order;
        private final Deque<Future<HostBatch>> made = new ArrayDeque<>();
        private final BlockingQueue<HostBatch> free = new ArrayBlockingQueue<>(ahead + 1);
        private HostBatch current;
        private int nextToMake;
        private int nextToGive;

        private Epoch(int epoch, int skip) {
            this.epoch = epoch;
            this.order = settings.shuffle() ? RandomStream.of(settings.seed(), epoch).permutation(dataset.size())
                    : IntStream.range(0, dataset.size()).toArray();
            this.nextToMake = skip;
            this.nextToGive = skip;
            for (int i = 0; i <= ahead; i++) {
                free.add(new HostBatch());
            }
            makeAhead();
        }

        private void makeAhead() {
            while (workers != null && made.size() < ahead && nextToMake < batches() && !free.isEmpty()) {
                HostBatch batch = free.remove();
                int number = nextToMake++;
                made.add(workers.submit(() -> maker.make(epoch, order, number, batch)));
            }
        }

        @Override
        public boolean hasNext() {
            return nextToGive < batches();
        }

        /** @throws DataException if too many pictures are unreadable, or a transform fails */
        @Override
        public Pending next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            if (current != null) {
                free.add(current);
            }
            makeAhead();
            current = workers == null ? maker.make(epoch, order, nextToGive, free.remove()) : await(made.remove());
            nextToGive++;
            makeAhead();
            return current;
        }

        private HostBatch await(Future<HostBatch> batch) {
            try {
                return batch.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof DataException known) {
                    throw known;
                }
                throw new DataException("a data worker failed: " + e.getCause(), e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new DataException("interrupted while waiting for data", e);
            }
        }

        /** Waits for what is being made; nothing of it is used any more. */
        @Override
        public void close() {
            made.forEach(batch -> batch.cancel(false));
            made.stream().filter(batch -> !batch.isCancelled()).forEach(batch -> {
                try {
                    batch.get();
                } catch (ExecutionException | InterruptedException e) {
                    maker.warn("ignored at the end of an epoch: " + e);
                }
            });
        }
    }
}
