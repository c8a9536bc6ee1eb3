package io.github.selfsup4j.hooks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Names of numbered checkpoints.
 *
 * @param template with {@code {}} for the number
 */
record CheckpointNames(String template) {
    private static final String NUMBER = "{}";

    /** The name of a number. */
    String of(long number) {
        return template.replace(NUMBER, Long.toString(number));
    }

    private OptionalLong number(String name) {
        int start = template.indexOf(NUMBER);
        int end = name.length() - (template.length() - start - NUMBER.length());
        if (end <= start || !name.substring(start, end).matches("[1-9][0-9]{0,17}")) {
            return OptionalLong.empty();
        }
        long number = Long.parseLong(name.substring(start, end));
        return of(number).equals(name) ? OptionalLong.of(number) : OptionalLong.empty();
    }

    /**
     * Deletes checkpoints of smaller numbers. One of a larger number belongs to another run, and stays.
     *
     * @param keep how many of the smaller numbers to keep, the largest
     */
    void deleteOlder(Path folder, long newest, int keep) throws IOException {
        TreeMap<Long, Path> older = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(file -> number(file.getFileName().toString()).ifPresent(number -> older.put(number, file)));
        }
        older.tailMap(newest, true).clear();
        while (older.size() > keep) {
            Map.Entry<Long, Path> oldest = older.pollFirstEntry();
            Files.delete(oldest.getValue());
        }
    }
}
