package io.github.selfsup4j.hooks.log;

import io.github.selfsup4j.io.disk.AppendedFile;
import io.github.selfsup4j.io.disk.DiskProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A file of TensorBoard events: records of TensorFlow's format ({@link TfRecord}), each an {@code Event} message. A
 * record is written whole or not at all.
 *
 * <p>Field numbers are those of TensorFlow's {@code event.proto} and {@code summary.proto}.
 */
final class EventFile {
    private static final int EVENT_WALL_TIME = 1;
    private static final int EVENT_STEP = 2;
    private static final int EVENT_FILE_VERSION = 3;
    private static final int EVENT_SUMMARY = 5;
    private static final int SUMMARY_VALUE = 1;
    private static final int VALUE_TAG = 1;
    private static final int VALUE_SIMPLE = 2;

    private final AppendedFile file;

    private EventFile(AppendedFile file) {
        this.file = file;
    }

    /**
     * Starts a file with a name of its own in a folder, which is made if need be.
     *
     * @param warnings is told of a disk that fails later
     */
    static EventFile createIn(Path folder, Consumer<String> warnings) {
        Instant now = Instant.now();
        try {
            Files.createDirectories(folder);
            Path file = folder.resolve(String.format(
                    "events.out.tfevents.%010d.selfsup4j.%d.%09d",
                    now.getEpochSecond(), ProcessHandle.current().pid(), now.getNano()));
            EventFile events = new EventFile(new AppendedFile(Files.createFile(file), warnings));
            events.append(event().text(EVENT_FILE_VERSION, "brain.Event:2"));
            return events;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "can't write TensorBoard events to " + folder + ": " + DiskProblem.reason(e), e);
        }
    }

    /** Adds a point to the curve of every tag. */
    void write(long step, Map<String, Double> scalars) {
        ProtoMessage summary = new ProtoMessage();
        scalars.forEach((tag, value) -> summary.message(
                SUMMARY_VALUE, new ProtoMessage().text(VALUE_TAG, tag).float32(VALUE_SIMPLE, value.floatValue())));
        append(event().int64(EVENT_STEP, step).message(EVENT_SUMMARY, summary));
    }

    private static ProtoMessage event() {
        return new ProtoMessage().float64(EVENT_WALL_TIME, System.currentTimeMillis() / 1e3);
    }

    private void append(ProtoMessage event) {
        file.append(TfRecord.frame(event.bytes()));
    }

    /** Where it is. */
    Path path() {
        return file.path();
    }
}
