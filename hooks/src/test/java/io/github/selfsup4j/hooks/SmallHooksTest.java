package io.github.selfsup4j.hooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.selfsup4j.runner.RunContext;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SmallHooksTest {
    private final RunContext run = Runs.in(Path.of("unused"));

    private static void sleep(int milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void measuresTheWaitForDataAndTheWholeIteration() {
        IterTimerHook timer = new IterTimerHook();
        timer.beforeTrainEpoch(run);
        sleep(20);
        timer.beforeTrainIter(run);
        sleep(30);
        timer.afterTrainIter(run, Runs.step(1));
        double dataTime = run.values().last("data_time").orElseThrow();
        double time = run.values().last("time").orElseThrow();
        assertTrue(dataTime >= 0.02 && dataTime <= time - 0.03, dataTime + " of " + time);
        timer.beforeTrainIter(run);
        assertTrue(run.values().last("data_time").orElseThrow() < time);
    }

    @Test
    void anEvaluationIsNoTimeOfAnIteration() {
        IterTimerHook timer = new IterTimerHook();
        timer.beforeTrainEpoch(run);
        sleep(200);
        timer.afterEvaluation(run, null);
        timer.beforeTrainIter(run);
        assertEquals(0, run.values().last("data_time").orElseThrow(), 0.1);
    }
}
