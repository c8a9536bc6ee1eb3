package io.github.selfsup4j.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Makes the samples of a batch. A picture that can't be read is told once, with its path, and replaced by
 * another one, the same in every run; too many of them end it.
 */
final class BatchMaker {
    private static final int ATTEMPTS = 100;

    private final Dataset dataset;
    private final DataLoader.Settings settings;
    private final Consumer<String> warnings;
    private final Set<Integer> bad = ConcurrentHashMap.newKeySet();

    BatchMaker(Dataset dataset, DataLoader.Settings settings, Consumer<String> warnings) {
        this.dataset = dataset;
        this.settings = settings;
        this.warnings = warnings;
    }

    /** Fills a batch. @param number of the batch in its epoch */
    HostBatch make(int epoch, int[] order, int number, HostBatch into) {
        int first = number * settings.batchSize();
        int end = Math.min(first + settings.batchSize(), order.length);
        List<Sample> samples = new ArrayList<>(end - first);
        for (int i = first; i < end; i++) {
            samples.add(sample(epoch, order[i]));
        }
        into.fill(samples);
        return into;
    }

    private Sample sample(int epoch, int index) {
        int candidate = index;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return dataset.sample(candidate, RandomStream.of(settings.seed(), epoch, candidate));
            } catch (IOException e) {
                remember(candidate, e);
                candidate = RandomStream.of(settings.seed(), index, attempt).randint(0, dataset.size() - 1);
            } catch (RuntimeException e) {
                throw new DataException("sample " + candidate + " (" + dataset.source().describe(candidate) + "): " + e.getMessage(), e);
            }
        }
        throw new DataException("none of " + ATTEMPTS + " pictures could be read; the first was " + dataset.source().describe(index));
    }

    private void remember(int index, IOException problem) {
        if (!bad.add(index)) {
            return;
        }
        warn("can't read " + dataset.source().describe(index) + ", another sample takes its place: " + problem.getMessage());
        if (bad.size() > settings.maxBadFraction() * dataset.size()) {
            throw new DataException(bad.size() + " of " + dataset.size() + " pictures can't be read, more than the share of "
                    + settings.maxBadFraction() + " that data.max_bad_fraction allows; the last was "
                    + dataset.source().describe(index) + ": " + problem.getMessage());
        }
    }

    void warn(String message) {
        warnings.accept(message);
    }
}
