package io.github.selfsup4j.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassificationTest {
    @TempDir
    Path folder;

    @Test
    void trainsEvaluatesAndTestsAClassifierToTheSameAccuracy() throws IOException, InterruptedException {
        Path config = Files.writeString(folder.resolve("classify.yaml"), """
                model:
                  type: Classification
                  backbone:
                    type: MIMVisionTransformer
                    arch: {embed_dims: 32, num_layers: 2, num_heads: 2, feedforward_channels: 64}
                    img_size: 28
                    patch_size: 7
                    final_norm: false
                    use_window: true
                    init_values: 0.1
                    qkv_bias: false
                  head: {type: MAEFinetuneHead, num_classes: 10, embed_dim: 32}
                pipeline: [{type: ToTensor}, {type: Normalize, mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5]}]
                data:
                  samples_per_gpu: 128
                  train: {type: SingleViewDataset, data_source: {type: FashionMNIST}, pipeline: '${pipeline}'}
                  val: {type: SingleViewDataset, data_source: {type: FashionMNIST, test_mode: true}, pipeline: '${pipeline}'}
                optimizer: {type: AdamW, lr: 2.0e-3}
                lr_config: {policy: CosineAnnealing, min_lr: 0}
                runner: {type: EpochBasedRunner, max_epochs: 1}
                evaluation: {interval: 1, topk: [1, 5]}
                log_config: {hooks: [{type: TextLoggerHook}]}
                checkpoint_config: {interval: 1}
                seed: 0
                """);
        String log = Selfsup.run(folder, "train", config.toString(), "--work-dir", "run")
                .succeeded()
                .out();
        Matcher evaluated =
                Pattern.compile("head1_top1: ([0-9.]+), head1_top5: ([0-9.]+)").matcher(log);
        assertTrue(evaluated.find(), log);

        String told = Selfsup.run(folder, "test", config.toString(), "run/latest.pth", "--out", "result")
                .succeeded()
                .out();
        JsonNode accuracy = new ObjectMapper()
                .readTree(folder.resolve("result/accuracy.json").toFile());
        assertEquals(
                Double.parseDouble(evaluated.group(1)),
                accuracy.get("head1_top1").asDouble(),
                1e-4);
        assertEquals(
                Double.parseDouble(evaluated.group(2)),
                accuracy.get("head1_top5").asDouble(),
                1e-4);
        assertTrue(accuracy.get("head1_top1").asDouble() > 30, told);
        assertEquals(
                accuracy.get("head1_top1").asDouble(),
                100 * diagonalShare(Files.readAllLines(folder.resolve("result/confusion.csv"))),
                1e-9);
        assertTrue(Files.size(folder.resolve("result/confusion.png")) > 1000);
    }

    private static double diagonalShare(List<String> rows) {
        long right = 0;
        long all = 0;
        for (int label = 0; label + 1 < rows.size(); label++) {
            long[] counts = Arrays.stream(rows.get(label + 1).split(","))
                    .skip(1)
                    .mapToLong(Long::parseLong)
                    .toArray();
            right += counts[label];
            all += Arrays.stream(counts).sum();
        }
        return (double) right / all;
    }
}
