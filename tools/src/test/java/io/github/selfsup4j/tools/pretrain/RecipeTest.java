package io.github.selfsup4j.tools.pretrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.experiment.Experiment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeTest {
    @TempDir
    Path folder;

    private Recipe recipe(Method method, ModelSize size, List<String> names) {
        return new Recipe(
                method, size, ImageFolder.of(folder.resolve("my \"odd\" ${pictures}"), names), folder, 64, 50, 0.5, 7);
    }

    private static List<String> inClasses() {
        return Stream.of("a", "b")
                .flatMap(sub -> IntStream.range(0, 500).mapToObj(i -> sub + "/" + i + ".png"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "CAE, TINY",
        "CAE, SMALL",
        "CAE, BASE",
        "MAE, TINY",
        "MAE, SMALL",
        "MAE, BASE",
        "BYOL, TINY",
        "BYOL, SMALL",
        "BYOL, BASE"
    })
    void everyMethodAndSizeGivesAConfigWithoutProblems(Method method, ModelSize size) throws IOException {
        Path config = Files.writeString(
                folder.resolve("config.yaml"), recipe(method, size, inClasses()).yaml());
        Problems problems = new Problems();
        Experiment experiment = Experiment.read(config, List.of(), List.of(), problems);
        assertEquals(List.of(), problems.all());
        assertEquals(method.name(), experiment.model().orElseThrow().entry().name());
        assertEquals(64, experiment.config().data.samplesPerGpu);
        assertEquals(folder.resolve("run"), experiment.config().workDir);
        assertTrue(
                experiment.effectiveConfig().contains("my \\\"odd\\\" $${pictures}")
                        || experiment.effectiveConfig().contains("my \"odd\" $${pictures}"),
                experiment.effectiveConfig());
    }

    @Test
    void theLearningRateFollowsTheBatch() {
        assertTrue(
                recipe(Method.MAE, ModelSize.BASE, inClasses())
                        .yaml()
                        .contains("lr: 3.750e-05   # 0.00015 for every 256 images"),
                recipe(Method.MAE, ModelSize.BASE, inClasses()).yaml());
        assertTrue(recipe(Method.CAE, ModelSize.TINY, inClasses())
                .yaml()
                .contains("lr: 0.0005   # 0.002 for every 256 images"));
    }

    @Test
    void evaluatesAndWarmsUpInShareOfTheRun() {
        String yaml = recipe(Method.MAE, ModelSize.TINY, inClasses()).yaml();
        assertTrue(yaml.contains("warmup_iters: 37"), "a twentieth of 50 epochs of 15 iterations");
        assertTrue(yaml.contains("  interval: 10\n  evaluator:"), "five times in 50 epochs");
        assertTrue(yaml.contains("checkpoint_config: {interval: 600,"), "every five minutes of steps of half a second");
    }

    @Test
    void picturesWithoutClassesAreNotClassified() {
        List<String> flat = IntStream.range(0, 100).mapToObj(i -> i + ".png").toList();
        assertFalse(recipe(Method.MAE, ModelSize.TINY, flat).yaml().contains("KnnEvaluator"));
        assertFalse(recipe(Method.MAE, ModelSize.TINY, flat).evaluated());
    }

    @Test
    void fewPicturesHaveFewTokens() {
        List<String> few = IntStream.range(0, 8).mapToObj(i -> i + ".png").toList();
        assertTrue(
                recipe(Method.CAE, ModelSize.TINY, few).yaml().contains("vocab_size: 32"),
                "a sixteenth of 8 pictures of 64 patches");
        assertTrue(recipe(Method.CAE, ModelSize.TINY, inClasses()).yaml().contains("vocab_size: 512"));
    }
}
