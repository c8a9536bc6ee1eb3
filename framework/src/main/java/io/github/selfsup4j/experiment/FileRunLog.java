package io.github.selfsup4j.experiment;

import io.github.selfsup4j.io.disk.AppendedFile;
import io.github.selfsup4j.runner.RunLog;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The text log of a run, on the console and in a file, in mmcv's line format. There is a log before there is a file:
 * lines from before are written when it is {@linkplain #open opened}.
 */
public final class FileRunLog implements RunLog {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS");

    private final Consumer<String> console;
    private final List<String> early = new ArrayList<>();
    private AppendedFile file;

    /**
     * A log.
     *
     * @param console shows a line to the person who waits
     */
    public FileRunLog(Consumer<String> console) {
        this.console = console;
    }

    /**
     * Writes to a file in a folder that is there, after what it holds already: what was logged so far, and all that
     * follows.
     */
    public synchronized void open(Path path) {
        file = new AppendedFile(path, problem -> console.accept(stamped("WARNING", problem)));
        early.forEach(file::append);
        early.clear();
    }

    @Override
    public synchronized void info(String line) {
        log("INFO", line);
    }

    @Override
    public synchronized void warn(String line) {
        log("WARNING", line);
    }

    private void log(String level, String line) {
        String stamped = stamped(level, line);
        write(stamped);
        console.accept(stamped);
    }

    /** For the record, why the run failed; the person who waits is told elsewhere. */
    public synchronized void failed(String reason) {
        write(stamped("ERROR", reason));
    }

    private static String stamped(String level, String line) {
        return LocalDateTime.now().format(TIME) + " - selfsup4j - " + level + " - " + line;
    }

    private void write(String line) {
        if (file == null) {
            early.add(line);
        } else {
            file.append(line);
        }
    }
}
