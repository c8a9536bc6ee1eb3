package io.github.selfsup4j.data;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Makes batches of a dataset, a bounded number ahead, each by all worker threads together.
 *
 * <p>The order of an epoch follows from (seed, epoch), the randomness of a sample from (seed, epoch, index): results
 * are the same for any number of workers, and a run that starts in the middle of an epoch sees what an uninterrupted
 * one would see.
 */
public final class DataLoader implements TrainingData, AutoCloseable {
    private static final int BATCHES_AHEAD = 2;
    /** Between looks at what workers do, while the training thread has to wait for them. */
    private static final int WAIT_MILLIS = 200;
    /** Stands for the index in the stream of an epoch's order, which is then that of no sample. */
    private static final int ORDER = -1;

    /**
     * How to load.
     *
     * @param batchSize samples in a batch
     * @param workers threads; 0 makes a batch in the calling thread when it is asked for
     * @param shuffle a new order every epoch
     * @param dropLast leaves out a last batch that is not full
     * @param seed of order and samples
     * @param maxBadFraction largest fraction of pictures that may be unreadable
     * @param workerTimeout seconds that a thread may take for a sample; 0 for any time. Without threads nobody can tell
     */
    public record Settings(
            int batchSize,
            int workers,
            boolean shuffle,
            boolean dropLast,
            long seed,
            double maxBadFraction,
            double workerTimeout) {
        /** Default of {@code workerTimeout}. */
        public static final double WORKER_TIMEOUT = 300;

        /** With the usual time limit. */
        public Settings(
                int batchSize, int workers, boolean shuffle, boolean dropLast, long seed, double maxBadFraction) {
            this(batchSize, workers, shuffle, dropLast, seed, maxBadFraction, WORKER_TIMEOUT);
        }

        /** In order, every sample once, for evaluation. */
        public static Settings inOrder(int batchSize, int workers) {
            return new Settings(batchSize, workers, false, false, 0, 0.01);
        }
    }

    private record Making(HostBatch batch, CompletableFuture<Void> done) {}

    private final Dataset dataset;
    private final Settings settings;
    private final SampleMaker samples;
    private final DataWorkers workers;
    private final Deque<HostBatch> free = new ArrayDeque<>();

    /**
     * A loader.
     *
     * @param warnings is told of every picture that can't be read
     */
    public DataLoader(Dataset dataset, Settings settings, Consumer<String> warnings) {
        this(dataset, settings, BadImages.told(warnings));
    }

    /**
     * A loader.
     *
     * @param badImages is told of every picture that can't be read
     */
    public DataLoader(Dataset dataset, Settings settings, BadImages badImages) {
        this.dataset = dataset;
        this.settings = settings;
        this.samples = new SampleMaker(dataset, settings, badImages);
        this.workers = new DataWorkers(settings.workers());
    }

    @Override
    public int batches() {
        int size = dataset.size();
        return settings.dropLast()
                ? size / settings.batchSize()
                : (size + settings.batchSize() - 1) / settings.batchSize();
    }

    @Override
    public Epoch epoch(int epoch, int skip) {
        return new Epoch(epoch, skip);
    }

    /**
     * Ends every worker and gives the memory of batches back, but for those that a hanging worker may still write to.
     * Close the epoch first.
     */
    @Override
    public void close() {
        workers.close();
        free.forEach(HostBatch::close);
        free.clear();
    }

    /** The batches of an epoch in order; a batch is valid until the next one is asked for. */
    public final class Epoch implements Batches {
        private final int epoch;
        private final int[] order;
        private final Deque<Making> making = new ArrayDeque<>();
        private HostBatch current;
        private int nextToMake;
        private int nextToGive;
        private volatile boolean closed;

        private Epoch(int epoch, int skip) {
            this.epoch = epoch;
            this.order = settings.shuffle()
                    ? RandomStream.of(settings.seed(), epoch, ORDER).permutation(dataset.size())
                    : IntStream.range(0, dataset.size()).toArray();
            this.nextToMake = skip;
            this.nextToGive = skip;
        }

        @Override
        public boolean hasNext() {
            return nextToGive < batches();
        }

        /**
         * @throws DataException if too many pictures are unreadable, a transform fails or hangs, or the thread is
         *     interrupted
         */
        @Override
        public Pending next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            recycle();
            makeAhead(1);
            Making next = making.remove();
            await(next.done);
            current = next.batch;
            nextToGive++;
            makeAhead(workers.none() ? 0 : BATCHES_AHEAD);
            return current;
        }

        private void makeAhead(int count) {
            while (making.size() < count && nextToMake < batches()) {
                making.add(make(nextToMake++));
            }
        }

        private Making make(int number) {
            int first = number * settings.batchSize();
            int size = Math.min(settings.batchSize(), order.length - first);
            HostBatch batch =
                    free.isEmpty() ? new HostBatch(index -> dataset.source().describe(index)) : free.remove();
            batch.begin(size);
            return new Making(
                    batch,
                    CompletableFuture.allOf(IntStream.range(0, size)
                            .mapToObj(place -> CompletableFuture.runAsync(
                                    () -> makeSample(order[first + place], batch, place), workers))
                            .toArray(CompletableFuture[]::new)));
        }

        private void makeSample(int index, HostBatch batch, int place) {
            if (!closed) {
                samples.make(epoch, index, (sample, from) -> batch.put(place, sample, from));
            }
        }

        private void await(CompletableFuture<Void> done) {
            try {
                while (!isDone(done)) {
                    samples.requireOnTime();
                }
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

        private static boolean isDone(CompletableFuture<Void> done) throws ExecutionException, InterruptedException {
            try {
                done.get(WAIT_MILLIS, TimeUnit.MILLISECONDS);
                return true;
            } catch (TimeoutException notYet) {
                return false;
            }
        }

        private void recycle() {
            if (current != null) {
                free.add(current);
                current = null;
            }
        }

        /**
         * Waits until nothing more is made; what goes wrong in batches that nobody asks for does not matter. Workers
         * that go on for long are interrupted and, if that does not help, left alone with their batches.
         */
        @Override
        public void close() {
            closed = true;
            recycle();
            CompletableFuture<?> all =
                    CompletableFuture.allOf(making.stream().map(Making::done).toArray(CompletableFuture[]::new));
            if (!Patience.await(left -> isSettled(all, left))) {
                workers.interrupt();
                Patience.await(left -> isSettled(all, left));
            }
            making.stream().filter(batch -> batch.done.isDone()).forEach(batch -> free.add(batch.batch));
            making.clear();
        }

        private static boolean isSettled(CompletableFuture<?> all, long nanos) throws InterruptedException {
            try {
                all.get(nanos, TimeUnit.NANOSECONDS);
            } catch (ExecutionException settled) {
                return true;
            } catch (TimeoutException notYet) {
                return false;
            }
            return true;
        }
    }
}
