package io.github.selfsup4j.experiment;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.MapNode;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.data.DataLoader;

/** The {@code data} section. */
public final class DataConfig implements Validated {

    /** Settings of one loader that differ from the section's. */
    public static final class Loader {
        /** Batch size; null for the section's. */
        public Integer samplesPerGpu = null;
        /** Number of worker threads; null for the section's. */
        public Integer workersPerGpu = null;
        /** Whether to shuffle; null for true in training, false otherwise. */
        public Boolean shuffle = null;
        /** Whether to leave out a last batch that is not full; null for the section's. */
        public Boolean dropLast = null;
        /** Accepted for compatibility; threads always live as long as the loader. */
        public Boolean persistentWorkers = null;
    }

    /** Batch size on each device. */
    public int samplesPerGpu = 32;
    /** Number of worker threads that make batches; 0 makes them in the training thread. */
    public int workersPerGpu = 1;
    /** Leaves out a last batch that is not full. */
    public boolean dropLast = false;
    /**
     * Largest fraction of pictures that may be unreadable before the run stops; they are listed in
     * {@code bad_images.jsonl}.
     */
    public double maxBadFraction = 0.01;
    /** Seconds that a worker may take for one sample before the run stops; 0 for any time. */
    public double workerTimeout = DataLoader.Settings.WORKER_TIMEOUT;
    /** Accepted for compatibility; threads always live as long as the loader. */
    public boolean persistentWorkers = true;
    /** Training data: a dataset component. */
    public MapNode train = null;
    /** Held-out data for {@code evaluation}: a dataset component. */
    public MapNode val = null;
    /** Data for the command {@code test}: a dataset component. */
    public MapNode test = null;
    /** Data that only other sections refer to with {@code ${data.extract}}: a dataset component. */
    public MapNode extract = null;
    /** Loader of the training data. */
    public Loader trainDataloader = new Loader();
    /** Loader of the held-out data. */
    public Loader valDataloader = new Loader();
    /** Loader of the test data. */
    public Loader testDataloader = new Loader();

    @Override
    public void validate(Checks checks) {
        checks.require(samplesPerGpu > 0, "samplesPerGpu", "a positive number");
        checks.require(workersPerGpu >= 0, "workersPerGpu", "0 or more");
        checks.require(maxBadFraction >= 0 && maxBadFraction <= 1, "maxBadFraction", "a number in [0, 1]");
        checks.require(workerTimeout >= 0, "workerTimeout", "a number of seconds, 0 or more");
    }
}
