package io.github.selfsup4j.tools.arguments;

import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.features.FeatureTable;
import java.util.Arrays;

/** Refuses images that lack what a classifier needs. */
public final class LabelChecks {
    private LabelChecks() {}

    /**
     * Number of classes.
     *
     * @param which images, for the message
     */
    public static int classes(FeatureTable table, String which) {
        long without = Arrays.stream(table.labels()).filter(label -> label < 0).count();
        if (without > 0) {
            throw ConfigException.of(without + " of the " + table.size() + " images " + which
                    + " have no label; a folder for each class, or an ann_file with classes, gives them one");
        }
        return table.classCount();
    }
}
