package io.github.selfsup4j.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.params.provider.EnumSource;

class OptimizerSettingsTest {
    @TempDir
    private Path folder;

    private final Problems problems = new Problems();

    private OptimizerSettings settings(String optimizerConfig) throws IOException {
        Path file = Files.writeString(folder.resolve("c.yaml"), optimizerConfig);
        return ConfigBinder.bind(
                ConfigReader.read(file, List.of(), Map.of(), problems).root(),
                OptimizerSettings.class,
                Set.of(),
                problems);
    }

    @ParameterizedTest
    @EnumSource
    void everyHookOfTheReferenceIsAccepted(OptimizerSettings.Type type) throws IOException {
        assertEquals(type, settings("type: " + type).type);
        problems.throwIfAny();
    }

    @Test
    void readsTheReferencesKeys() throws IOException {
        OptimizerSettings settings = settings(
                "{grad_clip: {max_norm: 3}, update_interval: 4, frozen_layers_cfg: {prototypes: 5005}, coalesce: false, bucket_size_mb: 25}");
        problems.throwIfAny();
        assertEquals(3, settings.gradClip.maxNorm);
        assertEquals(2, settings.gradClip.normType);
        assertEquals(4, settings.updateInterval);
        assertTrue(settings.isFrozen("head.prototypes.weight", 5004));
        assertFalse(settings.isFrozen("head.prototypes.weight", 5005));
        assertFalse(settings.isFrozen("backbone.conv1.weight", 0));
    }

    @Test
    void clippingMayBeSwitchedOff() throws IOException {
        assertNull(settings("grad_clip: null").gradClip);
        problems.throwIfAny();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type: OptimHook | c.yaml:1: type: expected one of OptimizerHook, DistOptimizerHook, Fp16OptimizerHook, GradAccumFp16OptimizerHook, found the string \"OptimHook\"; did you mean 'OptimizerHook'?",
                "update_interval: 0 | c.yaml:1: update_interval: expected a positive number, found the integer 0",
                "grad_clip: {} | c.yaml:1: grad_clip: missing required key 'max_norm': expected a number",
                "grad_clip: {max_norm: -1} | c.yaml:1: grad_clip.max_norm: expected a positive number, found the integer -1",
                "frozen_layers_cfg: {a: -1} | c.yaml:1: frozen_layers_cfg: expected numbers of iterations, found a map with a"
            })
    void mistakesAreTold(String optimizerConfig, String message) throws IOException {
        settings(optimizerConfig);
        assertEquals(
                message,
                problems.all().stream()
                        .map(problem -> problem.toString().replace(folder + "/", ""))
                        .collect(Collectors.joining("\n")));
    }
}
