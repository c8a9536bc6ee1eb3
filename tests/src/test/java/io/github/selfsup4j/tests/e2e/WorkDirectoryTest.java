package io.github.selfsup4j.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Work directories that can't be used are refused with one line, before training; so are files that can't be read. */
class WorkDirectoryTest {
    @TempDir
    Path folder;

    @BeforeEach
    void writeExperiment() throws IOException {
        SmallExperiment.in(folder);
    }

    private String[] arguments(String workDir, String... options) {
        return Stream.concat(
                        Stream.of("train", "small.yaml", "--work-dir", workDir, "--device", "cpu"), Stream.of(options))
                .toArray(String[]::new);
    }

    /** Within this process, whose folder is another one. */
    private String refusal(Path workDir, String... options) {
        String[] data = {"--cfg-options", "data.train.data_source.data_prefix=" + folder.resolve("data")};
        String err = Selfsup.call(Stream.of(
                                new String[] {
                                    "train",
                                    folder.resolve("small.yaml").toString(),
                                    "--work-dir",
                                    workDir.toString(),
                                    "--device",
                                    "cpu"
                                },
                                options,
                                data)
                        .flatMap(Stream::of)
                        .toArray())
                .refused();
        assertEquals(1, err.lines().count(), err);
        return err;
    }

    private void assertRefused(Path workDir, String reason) {
        String err = refusal(workDir);
        assertTrue(
                err.startsWith("can't use the work directory " + workDir + ": ")
                        && err.contains(reason)
                        && err.endsWith("--work-dir chooses another one"),
                err);
    }

    @Test
    void theSecondOfTwoRunsInOneFolderIsRefusedUntilTheFirstIsGone() throws IOException, InterruptedException {
        Path second = Files.createDirectory(folder.resolve("second"));
        Process first = Selfsup.start(
                folder, arguments("run", "--cfg-options", "runner.max_epochs=10000", "checkpoint_config.interval=5"));
        Path latest = folder.resolve("run/latest.pth");
        for (int wait = 0; wait < 2400 && first.isAlive() && Files.notExists(latest); wait++) {
            Thread.sleep(50);
        }
        Files.writeString(
                second.resolve("small.yaml"),
                "_base_: ../small.yaml\ndata: {train: {data_source: {data_prefix: ../data}}}\n");
        String err = Selfsup.run(second, arguments("../run", "--auto-resume")).refused();
        assertTrue(
                err.contains("can't use the work directory ../run: it is in use by process " + first.pid() + " on ")
                        && err.contains("--auto-resume goes on from there"),
                err);
        assertTrue(first.isAlive());
        first.destroyForcibly().waitFor();
        Selfsup.Result third = Selfsup.run(
                        second, arguments("../run", "--auto-resume", "--cfg-options", "runner.max_epochs=1"))
                .succeeded();
        assertTrue(third.out().contains("resuming from ../run/"), third.out());
    }

    @Test
    void somethingElseInItsPlace() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertRefused(file, "it is a file");
        assertRefused(file.resolve("run"), file + " is not a folder");
        assertRefused(
                Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere")),
                "it is a link to something that is not there");
    }

    @Test
    void aFolderThatCannotBeWritten() throws IOException {
        Path closed = Files.createDirectory(folder.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
        assumeTrue(!Files.isWritable(closed), "permissions do not bind this user");
        assertRefused(closed, "permission denied");
        assertRefused(closed.resolve("run"), "nothing can be written to " + closed);
    }

    @Test
    void filesThatCannotBeRead() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link.pth"), folder.resolve("nowhere.pth"));
        for (String option : List.of("--resume-from", "--load-from")) {
            assertTrue(refusal(folder.resolve("run"), option, folder.toString()).endsWith("but it is a folder"));
            assertTrue(refusal(folder.resolve("run"), option, link.toString())
                    .endsWith("but it is a link to something that is not there"));
            assertTrue(refusal(folder.resolve("run"), option, "nowhere.pth").endsWith("but there is no such file"));
        }
        Files.writeString(
                folder.resolve("list.yaml"),
                "_base_: small.yaml\ndata: {train: {data_source: {_delete_: true, type: ImageList, data_prefix: '.', ann_file: "
                        + folder + "}}}\n");
        String err = Selfsup.call("train", folder.resolve("list.yaml"), "--work-dir", folder.resolve("run"))
                .refused();
        assertTrue(err.endsWith("ann_file " + folder + " can't be read: Is a directory"), err);
        assertFalse(Files.exists(folder.resolve("run")));
    }

    @Test
    void whatIsWrongWithTheDataIsToldBeforeTheFolderIsMade() throws IOException {
        Files.delete(folder.resolve("data/train-images-idx3-ubyte"));
        String err = refusal(folder.resolve("run"));
        assertTrue(err.contains("train-images-idx3-ubyte"), err);
        Files.createDirectory(folder.resolve("data/train-images-idx3-ubyte"));
        assertTrue(refusal(folder.resolve("run")).contains("train-images-idx3-ubyte"));
        assertFalse(Files.exists(folder.resolve("run")));
    }
}
