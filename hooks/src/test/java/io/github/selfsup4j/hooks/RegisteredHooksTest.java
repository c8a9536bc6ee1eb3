package io.github.selfsup4j.hooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.selfsup4j.registry.ComponentScanner;
import io.github.selfsup4j.registry.Registry;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegisteredHooksTest {
    private static final Registry REGISTRY = ComponentScanner.scan(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Fixed",
                "Step",
                "Exp",
                "Poly",
                "Inv",
                "CosineAnnealing",
                "FlatCosineAnnealing",
                "CosineRestart",
                "Cyclic",
                "OneCycle",
                "LinearAnnealing",
                "StepFixCosineAnnealing"
            })
    void everyPolicyOfTheLearningRateIsThere(String policy) {
        assertTrue(REGISTRY.find("hook", policy + "LrUpdaterHook").isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Step", "CosineAnnealing", "LinearAnnealing", "Cyclic", "OneCycle"})
    void everyPolicyOfTheMomentumIsThere(String policy) {
        assertTrue(REGISTRY.find("hook", policy + "MomentumUpdaterHook").isPresent());
    }

    @Test
    void theOthersAreThereUnderTheReferencesNames() {
        Set<String> others = Set.of(
                "CheckpointHook",
                "TextLoggerHook",
                "TensorboardLoggerHook",
                "IterTimerHook",
                "CheckInvalidLossHook",
                "EMAHook",
                "EvalHook",
                "MomentumUpdateHook",
                "BYOLHook");
        assertTrue(REGISTRY.names("hook").containsAll(others));
        assertEquals(12 + 5 + others.size(), REGISTRY.names("hook").size());
    }
}
