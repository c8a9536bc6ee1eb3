package io.github.selfsup4j.data;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Makes samples, in several threads at once. A picture that can't be read is told once, with its path, and
 * replaced by another one, the same in every run; too many of them end it.
 */
final class SampleMaker {
    private static final int ATTEMPTS = 100;

    private final Dataset dataset;
    private final DataLoader.Settings settings;
    private final Consumer<String> warnings;
    private final Set<Integer> bad = ConcurrentHashMap.newKeySet();

    SampleMaker(Dataset dataset, DataLoader.Settings settings, Consumer<String> warnings) {
        this.dataset = dataset;
        this.settings = settings;
        this.warnings = warnings;
    }

    /**
     * Makes a sample and hands it on.
     *
     * @throws DataException if it can't be made or taken, or if too many pictures are unreadable
     */
    void make(int epoch, int index, Consumer<Sample> into) {
        int candidate = index;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                into.accept(dataset.sample(candidate, RandomStream.of(settings.seed(), epoch, candidate)));
                return;
            } catch (IOException e) {
                remember(candidate, e);
                candidate = RandomStream.of(settings.seed(), epoch, index, attempt).randint(0, dataset.size() - 1);
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
        warnings.accept("can't read a picture, another one takes its place: " + problem.getMessage());
        if (bad.size() > settings.maxBadFraction() * dataset.size()) {
            throw new DataException(bad.size() + " of " + dataset.size() + " pictures can't be read, more than the fraction of "
                    + settings.maxBadFraction() + " that data.max_bad_fraction allows; the last: " + problem.getMessage());
        }
    }
}
