package io.github.selfsup4j.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What README.md promises of the first run. */
@Tag("demo")
class FirstRunTest {
    private static final String CONFIG = "configs/selfsup/cae/cae_vit-tiny-p4_1xb128-coslr_fashion-mnist.yaml";
    private static final Pattern ACCURACY = Pattern.compile("knn_top1: ([0-9.]+)");
    private static final Pattern MEMORY = Pattern.compile("memory: (\\d+)");

    @TempDir
    Path folder;

    @Test
    void featuresGetMuchBetterThanThoseOfTheUntrainedNetwork() throws IOException, InterruptedException {
        String out = Selfsup.run(
                        folder,
                        "train",
                        Selfsup.root().resolve(CONFIG).toString(),
                        "--work-dir",
                        "run",
                        "--device",
                        "cpu")
                .succeeded()
                .out();
        List<Double> accuracies = numbers(ACCURACY, out);
        double untrained = accuracies.get(0);
        double trained = accuracies.get(accuracies.size() - 1);
        assertTrue(trained >= 75 && trained >= untrained + 15, accuracies.toString());
        List<Double> memory = numbers(MEMORY, out);
        assertTrue(memory.stream().allMatch(megabytes -> megabytes < 3000), memory.toString());
        assertEquals(
                memory.get(memory.size() / 2),
                memory.get(memory.size() - 1),
                0.05 * memory.get(memory.size() / 2),
                memory.toString());
    }

    private static List<Double> numbers(Pattern pattern, String out) {
        return pattern.matcher(out)
                .results()
                .map((MatchResult match) -> Double.valueOf(match.group(1)))
                .toList();
    }
}
