package io.github.selfsup4j.hooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.withSettings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.selfsup4j.model.Algorithm;
import io.github.selfsup4j.model.MomentumTarget;
import io.github.selfsup4j.registry.Component;
import io.github.selfsup4j.runner.RunContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.AdditionalAnswers;

class MomentumUpdateHookTest {

    /** A target that counts. */
    private static final class Target implements MomentumTarget {
        private final double base;
        private double momentum;
        private int updates;

        Target(double base) {
            this.base = base;
            this.momentum = base;
        }

        @Override
        public double baseMomentum() {
            return base;
        }

        @Override
        public double momentum() {
            return momentum;
        }

        @Override
        public void setMomentum(double value) {
            momentum = value;
        }

        @Override
        public void momentumUpdate() {
            updates++;
        }
    }

    private static RunContext runOf(Target target) {
        RunContext run = Runs.in(Path.of("unused"));
        Algorithm model = mock(
                Algorithm.class,
                withSettings()
                        .extraInterfaces(MomentumTarget.class)
                        .defaultAnswer(AdditionalAnswers.delegatesTo(target)));
        doReturn(model).when(run).model();
        return run;
    }

    @ParameterizedTest
    @ValueSource(strings = {"momentum_update.json", "momentum_update_end.json", "momentum_update_interval.json"})
    void movesTheTargetAsTheReferenceDoes(String file) throws IOException {
        JsonNode golden = new ObjectMapper().readTree(MomentumUpdateHookTest.class.getResource(file));
        MomentumUpdateHook.Config config = new MomentumUpdateHook.Config();
        config.endMomentum = golden.get("custom_hook").path("end_momentum").asDouble(config.endMomentum);
        config.updateInterval =
                golden.get("custom_hook").path("update_interval").asInt(config.updateInterval);
        MomentumUpdateHook hook = new MomentumUpdateHook(config);
        Target target = new Target(golden.get("base_momentum").asDouble());
        RunContext run = runOf(target);
        List<Integer> updated = new ArrayList<>();
        for (int i = 0; i < golden.get("model_momentum").size(); i++) {
            hook.beforeTrainIter(Runs.at(run, i));
            assertEquals(golden.get("model_momentum").get(i).asDouble(), target.momentum, 1e-12, "iteration " + i);
            int before = target.updates;
            hook.afterTrainIter(run, Runs.step(1));
            if (target.updates > before) {
                updated.add(i);
            }
        }
        List<Integer> expected = new ArrayList<>();
        golden.get("momentum_update_called_after_iter").forEach(i -> expected.add(i.asInt()));
        assertEquals(expected, updated);
    }

    @Test
    void namesTheModelThatHasNoTarget() {
        RunContext run = Runs.in(Path.of("unused"));
        doReturn(mock(Algorithm.class)).when(run).model();
        Exception e =
                assertThrows(IllegalStateException.class, () -> new MomentumUpdateHook(new MomentumUpdateHook.Config())
                        .beforeTrainIter(run));
        assertTrue(e.getMessage().contains("MomentumTarget"), e.getMessage());
    }

    @Test
    void hasTheReferencesTwoNames() {
        assertEquals(
                Set.of("MomentumUpdateHook", "BYOLHook"),
                Set.of(MomentumUpdateHook.class.getAnnotation(Component.class).value()));
    }
}
