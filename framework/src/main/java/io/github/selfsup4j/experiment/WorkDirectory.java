package io.github.selfsup4j.experiment;

import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.io.disk.AtomicFile;
import io.github.selfsup4j.io.disk.DiskProblem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;

/**
 * The folder of a run, held by one process at a time: by a lock on {@code .lock} in there, which ends with the process,
 * however that ends. Whoever holds it clears it of what killed runs left half-written.
 */
public final class WorkDirectory implements AutoCloseable {
    /** Beyond all content, so that others can read who holds the lock, on Windows too. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private static final int MOST_READ = 1000;

    private final Path folder;
    private final Consumer<String> warnings;
    private FileChannel lock;

    private WorkDirectory(Path folder, Consumer<String> warnings) {
        this.folder = folder;
        this.warnings = warnings;
    }

    /**
     * A folder that is held from now on if it is there, and otherwise is not made yet.
     *
     * @param warnings is told if its file system has no locks
     * @throws ConfigException if it can't be used: something else is there, it can't be written, another run is in it
     */
    public static WorkDirectory of(Path folder, Consumer<String> warnings) {
        WorkDirectory directory = new WorkDirectory(folder, warnings);
        if (Files.exists(folder)) {
            directory.hold();
        } else {
            requireWritable(folder);
        }
        return directory;
    }

    private static void requireWritable(Path folder) {
        if (Files.isSymbolicLink(folder)) {
            throw unusable(folder, "it is a link to something that is not there");
        }
        Path there = folder.toAbsolutePath().normalize();
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (there == null || !Files.isDirectory(there)) {
            throw unusable(folder, there + " is not a folder");
        } else if (!Files.isWritable(there)) {
            throw unusable(folder, "nothing can be written to " + there);
        }
    }

    /**
     * Makes the folder if need be, and holds it.
     *
     * @throws ConfigException if it can't be used
     */
    public void hold() {
        if (lock != null) {
            return;
        }
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw unusable(folder, "it is a file");
        }
        try {
            Files.createDirectories(folder);
            lock = FileChannel.open(
                    folder.resolve(".lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw unusable(folder, DiskProblem.reason(e));
        }
        lockOrRefuse();
        try {
            AtomicFile.deleteLeftovers(folder);
            writeHolder();
        } catch (IOException e) {
            throw unusable(folder, DiskProblem.reason(e));
        }
    }

    private void lockOrRefuse() {
        try {
            if (lock.tryLock(LOCKED_BYTE, 1, false) == null) {
                throw inUse();
            }
        } catch (OverlappingFileLockException e) {
            throw inUse();
        } catch (IOException e) {
            warnings.accept("the file system of " + folder + " has no locks (" + DiskProblem.reason(e)
                    + "): take care that no other run is in there");
        }
    }

    private void writeHolder() throws IOException {
        String holder = "process " + ProcessHandle.current().pid() + " on " + host() + ", since "
                + LocalDateTime.now().truncatedTo(ChronoUnit.SECONDS);
        lock.truncate(0).write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)));
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "this machine";
        }
    }

    private ConfigException inUse() {
        String holder = "another run";
        try {
            ByteBuffer content = ByteBuffer.allocate(MOST_READ);
            lock.read(content, 0);
            holder = new String(content.array(), 0, content.position(), StandardCharsets.UTF_8);
        } catch (IOException unknown) {
            // The message does without.
        } finally {
            close();
        }
        return unusable(
                folder,
                "it is in use by " + holder
                        + ". Wait for its end, or end it (kill: it saves, and --auto-resume goes on from there)");
    }

    private static ConfigException unusable(Path folder, String reason) {
        return ConfigException.of(
                "can't use the work directory " + folder + ": " + reason + "; --work-dir chooses another one");
    }

    /** Lets others use the folder. */
    @Override
    public void close() {
        try {
            if (lock != null) {
                lock.close();
            }
        } catch (IOException e) {
            // The end of the process will do it.
        }
    }
}
