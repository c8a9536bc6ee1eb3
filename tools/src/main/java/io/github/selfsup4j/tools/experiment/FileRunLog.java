package io.github.selfsup4j.tools.experiment;

import io.github.selfsup4j.runner.RunLog;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;

/** The text log of a run, on the console and in a file, in mmcv's line format. */
public final class FileRunLog implements RunLog, AutoCloseable {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS");

    private final PrintWriter file;
    private final Consumer<String> console;

    /**
     * A log.
     *
     * @param path the file, appended to
     * @param console shows a line to the person who waits
     */
    public FileRunLog(Path path, Consumer<String> console) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        this.file = new PrintWriter(Files.newBufferedWriter(path, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND), true);
        this.console = console;
    }

    @Override
    public synchronized void info(String line) {
        write("INFO", line);
    }

    @Override
    public synchronized void warn(String line) {
        write("WARNING", line);
    }

    private void write(String level, String line) {
        String stamped = LocalDateTime.now().format(TIME) + " - selfsup4j - " + level + " - " + line;
        file.println(stamped);
        console.accept(stamped);
    }

    @Override
    public synchronized void close() {
        file.close();
    }
}
