package io.github.selfsup4j.tools.pretrain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunHistoryTest {
    @TempDir
    Path folder;

    @Test
    void laterLogsContinueAndReplaceEarlierOnes() throws IOException {
        Files.writeString(folder.resolve("20260101_000000.log.json"), """
                {"env_info": "x", "config": "model: {}", "seed": 0, "exp_name": "e"}
                {"mode": "val", "epoch": 0, "iter": 8, "lr": 0.1, "knn_top1": 20.0, "knn_top5": 90.0}
                {"mode": "train", "epoch": 1, "iter": 5, "lr": 0.2, "loss": 4.0, "time": 0.5}
                {"mode": "train", "epoch": 1, "iter": 10, "lr": 0.3, "loss": 3.5, "time": 0.7}
                {"mode": "train", "epoch": 2, "iter": 5, "lr": 0.3, "loss": 9.9, "ti""");
        Files.writeString(folder.resolve("20260102_000000.log.json"), """
                {"mode": "train", "epoch": 1, "iter": 10, "lr": 0.3, "loss": 3.0, "time": 0.6}
                {"mode": "val", "epoch": 2, "iter": 8, "lr": 0.1, "knn_top1": 60.0}
                """);
        RunHistory history = RunHistory.read(folder, 10);
        assertEquals(Set.of(0.5, 1.0), history.training().keySet());
        assertEquals(3.0, history.training().get(1.0).loss());
        assertEquals(Map.of(0.0, 20.0, 2.0, 60.0), history.scores());
        assertEquals(0.6, history.secondsOfAnIteration());
    }
}
