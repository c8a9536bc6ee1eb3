package io.github.selfsup4j.hooks;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import io.github.selfsup4j.model.Algorithm;
import io.github.selfsup4j.runner.PastStep;
import io.github.selfsup4j.runner.RunContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CheckInvalidLossHookTest {
    private final RunContext run = Runs.in(Path.of("unused"));
    private final List<PastStep> steps = new ArrayList<>();
    private final CheckInvalidLossHook.Config config = new CheckInvalidLossHook.Config();

    CheckInvalidLossHookTest() {
        config.interval = 10;
        doReturn(mock(Algorithm.class)).when(run).model();
        doReturn(steps).when(run).pastSteps();
    }

    private void train(CheckInvalidLossHook hook, long iteration, double loss, OptionalDouble norm, boolean skipped) {
        steps.add(new PastStep(iteration, 1.5e-3, loss, norm, skipped, () -> List.of("cat_" + iteration + ".jpg")));
        hook.afterTrainIter(Runs.at(run, iteration), Runs.step(loss));
    }

    private void train(CheckInvalidLossHook hook, long iteration, double loss) {
        train(hook, iteration, loss, OptionalDouble.empty(), false);
    }

    @Test
    void stopsAtTheNextCheckAndTellsAboutTheFirstBadIteration() {
        doReturn(Optional.of(Path.of("epoch_2.pth"))).when(run).lastCheckpoint();
        CheckInvalidLossHook hook = new CheckInvalidLossHook(config);
        train(hook, 15, 2.5);
        train(hook, 16, 7);
        assertDoesNotThrow(() -> train(hook, 17, Double.NaN));
        assertDoesNotThrow(() -> train(hook, 18, Double.NaN));
        String message = assertThrows(IllegalStateException.class, () -> train(hook, 19, Double.NaN))
                .getMessage();
        for (String part : List.of(
                "the loss is NaN at iteration 18 (epoch 3, learning rate 1.500e-03)",
                "16: 2.5000, 17: 7.0000, 18: NaN",
                "batch of iteration 17: cat_16.jpg",
                "batch of iteration 18: cat_17.jpg",
                "lower learning rate",
                "grad_clip",
                "fp32",
                "epoch_2.pth")) {
            assertTrue(message.contains(part), part + " in " + message);
        }
    }

    @Test
    void theNormOfTheGradientsTellsWhichBatchItWas() {
        CheckInvalidLossHook hook = new CheckInvalidLossHook(config);
        train(hook, 18, 3, OptionalDouble.of(1), false);
        String message = assertThrows(
                        IllegalStateException.class,
                        () -> train(hook, 19, 3, OptionalDouble.of(Double.POSITIVE_INFINITY), false))
                .getMessage();
        assertTrue(message.contains("the norm of the gradients is Infinity at iteration 20"), message);
        assertTrue(message.contains("cat_19.jpg") && !message.contains("cat_18.jpg"), message);
    }

    @Test
    void aStepThatLossScalingSkippedDoesNoHarm() {
        assertDoesNotThrow(() ->
                train(new CheckInvalidLossHook(config), 19, Double.POSITIVE_INFINITY, OptionalDouble.empty(), true));
    }

    @Test
    void aLargeLossIsFine() {
        assertDoesNotThrow(() -> train(new CheckInvalidLossHook(config), 19, 1e30));
    }

    @Test
    void rollsBackAtOnceAsOftenAsAllowed() {
        config.onInvalid = CheckInvalidLossHook.OnInvalid.ROLLBACK;
        config.maxRollbacks = 2;
        doReturn(Optional.of(Path.of("epoch_1.pth"))).when(run).lastCheckpoint();
        CheckInvalidLossHook hook = new CheckInvalidLossHook(config);
        train(hook, 11, 3);
        train(hook, 12, Double.NaN);
        verify(run).rollBack(new TreeSet<>(List.of(11L, 12L)));
        doReturn(2).when(run).rollBacks();
        steps.clear();
        String message = assertThrows(IllegalStateException.class, () -> train(hook, 13, Double.NaN))
                .getMessage();
        assertTrue(message.contains("It rolled back 2 times already"), message);
        assertEquals(
                1,
                message.lines().filter(line -> line.startsWith("the loss is")).count());
    }

    @Test
    void withoutACheckpointItStops() {
        config.onInvalid = CheckInvalidLossHook.OnInvalid.ROLLBACK;
        doReturn(Optional.empty()).when(run).lastCheckpoint();
        assertThrows(IllegalStateException.class, () -> train(new CheckInvalidLossHook(config), 3, Double.NaN));
        verify(run, never()).rollBack(any());
    }
}
