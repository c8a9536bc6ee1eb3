package io.github.selfsup4j.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.selfsup4j.config.ConfigBinder;
import io.github.selfsup4j.config.ConfigReader;
import io.github.selfsup4j.config.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossScalingTest {
    @TempDir
    private Path folder;

    private final Problems problems = new Problems();

    private LossScaling scaling(String fp16) throws IOException {
        Path file = Files.writeString(folder.resolve("c.yaml"), fp16);
        return new LossScaling(ConfigBinder.bind(
                ConfigReader.read(file, List.of(), Map.of(), problems).root(),
                LossScaling.Config.class,
                Set.of(),
                problems));
    }

    private static void update(LossScaling scaling, int good) {
        for (int i = 0; i < good; i++) {
            scaling.update(true);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "loss_scale: dynamic | 65536",
                "loss_scale: 512. | 512",
                "loss_scale: 128 | 128",
                "{} | 512",
                "loss_scale: {growth_interval: 5} | 65536",
                "loss_scale: {init_scale: 32.} | 32"
            })
    void startsAtTheScaleOfTheConfig(String fp16, double scale) throws IOException {
        assertEquals(scale, scaling(fp16).scale());
    }

    @Test
    void growsAfterGoodStepsInARowAndShrinksAfterABadOne() throws IOException {
        LossScaling scaling =
                scaling("loss_scale: {init_scale: 8., growth_factor: 4., backoff_factor: 0.25, growth_interval: 3}");
        update(scaling, 2);
        assertEquals(8, scaling.scale());
        scaling.update(false);
        assertEquals(2, scaling.scale());
        update(scaling, 2);
        assertEquals(2, scaling.scale());
        update(scaling, 1);
        assertEquals(8, scaling.scale());
        update(scaling, 3);
        assertEquals(32, scaling.scale());
    }

    @Test
    void neverGrowsToInfinity() throws IOException {
        LossScaling scaling = scaling("loss_scale: {init_scale: 3e38, growth_interval: 1}");
        update(scaling, 2);
        assertEquals((float) 3e38, scaling.scale());
    }

    @Test
    void aConstantScaleStaysWhatever() throws IOException {
        LossScaling scaling = scaling("loss_scale: 512.");
        scaling.update(false);
        update(scaling, 5000);
        assertEquals(512, scaling.scale());
    }

    @Test
    void continuesFromItsStateUnlessTheConfigNowSaysAConstant() throws IOException {
        String dynamic = "loss_scale: {init_scale: 8., growth_interval: 3}";
        LossScaling before = scaling(dynamic);
        before.update(false);
        update(before, 2);
        LossScaling after = scaling(dynamic);
        after.load(before.state());
        assertEquals(4, after.scale());
        after.update(true);
        assertEquals(8, after.scale());
        LossScaling constant = scaling("loss_scale: 128.");
        constant.load(before.state());
        assertEquals(128, constant.scale());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "loss_scale: dynamik | c.yaml:1: loss_scale: expected dynamic, a positive number, or a map of options, found the string \"dynamik\"",
                "loss_scale: -1 | c.yaml:1: loss_scale: expected dynamic, a positive number, or a map of options, found the integer -1",
                "loss_scale: {init_scal: 1.} | c.yaml:1: loss_scale.init_scal: unknown key; did you mean 'init_scale'? Known keys: backoff_factor, growth_factor, growth_interval, init_scale",
                "loss_scale: {backoff_factor: 1.5} | c.yaml:1: loss_scale.backoff_factor: expected a number in (0, 1], found the number 1.5"
            })
    void mistakesAreTold(String fp16, String message) throws IOException {
        scaling(fp16);
        assertEquals(
                message,
                problems.all().stream()
                        .map(problem -> problem.toString().replace(folder + "/", ""))
                        .collect(Collectors.joining("\n")));
    }
}
