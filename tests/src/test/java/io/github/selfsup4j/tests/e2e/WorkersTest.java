package io.github.selfsup4j.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data workers that fail in every way: a run stops with the picture's path or goes on, and leaves no thread behind. */
@Timeout(120)
class WorkersTest {
    private static final Path PLUG_INS = Path.of("target/test-classes").toAbsolutePath();

    @TempDir
    Path folder;

    @BeforeEach
    void writeExperiment() throws IOException {
        SmallExperiment.in(folder);
        Files.writeString(folder.resolve("troubled.yaml"), """
                _base_: small.yaml
                data:
                  samples_per_gpu: 8
                  workers_per_gpu: 2
                  worker_timeout: 2
                  train:
                    data_source: {type: TroubledImages, _delete_: true}
                    pipeline: [{type: ToTensor}, {type: RandomMaskGenerator, input_size: 4, num_masking_patches: 6}]
                  train_dataloader: {shuffle: false}
                model: {head: {tokenizer: {type: DALLEEncoder, init: random, n_hid: 8, vocab_size: 16, _delete_: true}}}
                runner: {max_epochs: 1}
                """);
    }

    private Selfsup.Result train(String trouble, String... options) throws IOException, InterruptedException {
        return Selfsup.run(folder, arguments(trouble, options));
    }

    private String[] arguments(String trouble, String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "train",
                folder.resolve("troubled.yaml").toString(),
                "--device",
                "cpu",
                "--work-dir",
                folder.resolve("run").toString(),
                "--plugins",
                PLUG_INS.toString(),
                "--cfg-options",
                "data.train.data_source.trouble=" + trouble));
        arguments.addAll(List.of(options));
        return arguments.toArray(String[]::new);
    }

    @ParameterizedTest
    @CsvSource({"throw, the lens is dirty", "memory, out of memory"})
    void aWorkerThatFailsStopsTheRunWithThePath(String trouble, String words) throws IOException, InterruptedException {
        Selfsup.Result result = train(trouble).failedWith(1);
        assertEquals(1, result.err().lines().count(), result.err());
        assertTrue(
                result.err().startsWith("sample 40 (/pictures/troubled-40.png): ")
                        && result.err().contains(words),
                result.err());
        assertTrue(result.out().contains("Epoch [1][4/6]"), "what comes before is trained on\n" + result.out());
    }

    @Test
    void aWorkerThatHangsStopsTheRunWithThePath() throws IOException, InterruptedException {
        long start = System.nanoTime();
        Selfsup.Result result = train("hang_for_ever").failedWith(1);
        assertEquals(1, result.err().lines().count(), result.err());
        assertTrue(
                result.err()
                                .startsWith(
                                        "sample 40 (/pictures/troubled-40.png): not made within the 2.0 s that data.worker_timeout allows")
                        && result.err().contains("TroubledImages.sleep"),
                result.err());
        assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(60), "took longer than a minute");
    }

    @Test
    void slowWorkersAreWaitedFor() throws IOException, InterruptedException {
        assertTrue(train("slow", "data.worker_timeout=0.5").succeeded().out().contains("Epoch [1][6/6]"));
    }

    @ParameterizedTest
    @CsvSource({"none, 0", "throw, 1", "hang, 1"})
    void noThreadIsLeftBehind(String trouble, int exitCode) throws InterruptedException {
        Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
        Selfsup.call((Object[]) arguments(trouble)).failedWith(exitCode);
        Set<Thread> after = new HashSet<>(Thread.getAllStackTraces().keySet());
        after.removeAll(before);
        after.removeIf(WorkersTest::isLibrarys);
        assertEquals(Set.of(), after);
    }

    /** A library's, once in a process, or one of Java's own, which belong to groups of their own. */
    private static boolean isLibrarys(Thread thread) {
        return thread.getName().equals("JNA Cleaner")
                || !Thread.currentThread().getThreadGroup().equals(thread.getThreadGroup());
    }
}
