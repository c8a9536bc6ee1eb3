package io.github.selfsup4j.hooks.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.selfsup4j.hooks.Runs;
import io.github.selfsup4j.runner.Evaluation;
import io.github.selfsup4j.runner.RunContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorboardLoggerHookTest {
    @TempDir
    Path folder;

    private static List<EventReader.Event> read(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Path only = files.reduce((a, b) -> {
                        throw new IllegalStateException("two files");
                    })
                    .orElseThrow();
            assertTrue(only.getFileName().toString().startsWith("events.out.tfevents."));
            return EventReader.read(only);
        }
    }

    @Test
    void writesScalarsThatTensorBoardReads() throws IOException {
        RunContext run = Runs.in(folder);
        TensorboardLoggerHook.Config config = new TensorboardLoggerHook.Config();
        config.interval = 2;
        TensorboardLoggerHook hook = new TensorboardLoggerHook(config);
        hook.beforeRun(run);
        for (int i = 301; i < 304; i++) {
            run.values().add("loss", i);
            run.values().add("time", 0.5);
            run.values().add("data_time", 0.5);
            hook.afterTrainIter(Runs.at(run, i), Runs.step(i));
        }
        hook.afterEvaluation(run, new Evaluation(43, 304, 16, Map.of("knn_top1", 58.5)));
        List<EventReader.Event> events = read(folder.resolve("tf_logs"));
        assertEquals("brain.Event:2", events.get(0).fileVersion);
        assertEquals(System.currentTimeMillis() / 1e3, events.get(0).wallTime, 60);
        assertEquals(303, events.get(1).step);
        assertEquals(Map.of("train/loss", 301.5f, "learning_rate", 0.0015f, "momentum", 0.9f), events.get(1).scalars);
        assertEquals(304, events.get(2).step);
        assertEquals(Map.of("val/knn_top1", 58.5f, "learning_rate", 0.0015f, "momentum", 0.9f), events.get(2).scalars);
        assertEquals(3, events.size());
    }

    @Test
    void writesToTheFolderThatIsAskedFor() throws IOException {
        TensorboardLoggerHook.Config config = new TensorboardLoggerHook.Config();
        config.logDir = folder.resolve("a/b");
        new TensorboardLoggerHook(config).beforeRun(Runs.in(folder));
        assertEquals(1, read(config.logDir).size());
    }

    @Test
    void checksumsAreMaskedCrc32c() {
        // RFC 3720, B.4, and the mask of TensorFlow's crc32c.h
        assertEquals(
                (0xe3069283 >>> 15 | 0xe3069283 << 17) + 0xa282ead8,
                TfRecord.maskedCrc("123456789".getBytes(StandardCharsets.US_ASCII)));
    }
}
