package io.github.selfsup4j.hooks.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.optim.ParameterGroup;
import io.github.selfsup4j.runner.Priority;
import io.github.selfsup4j.runner.Progress;
import io.github.selfsup4j.runner.RunContext;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScheduleTest {
    private static final Progress START = new Progress(0, 0, 10, 70, 7, true);

    static Stream<GoldenSchedule> goldens() {
        return GoldenSchedule.all();
    }

    private static void assertClose(double expected, double actual, String where) {
        assertEquals(expected, actual, 1e-9 * Math.abs(expected), where);
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void givesTheLearningRateOfTheReferenceInEveryIteration(GoldenSchedule golden) {
        UpdaterHook schedule = golden.lr();
        for (int i = 0; i < golden.iterations(); i++) {
            for (int group = 0; group < golden.initialLr().size(); group++) {
                double lr = schedule.value(golden.initialLr().get(group), group, golden.at(i));
                assertClose(golden.expected("lr", i).get(group), lr, "iteration " + i + ", group " + group);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void givesTheMomentumOfTheReferenceInEveryIteration(GoldenSchedule golden) {
        for (int i = 0; i < golden.iterations(); i++) {
            int iteration = i;
            double momentum = golden.momentum()
                    .map(schedule -> schedule.value(golden.initialMomentum(), 0, golden.at(iteration)))
                    .orElse(golden.initialMomentum());
            assertClose(golden.expected("momentum", i).get(0), momentum, "iteration " + i);
        }
    }

    private static RunContext runWith(ParameterGroup... groups) {
        RunContext run = mock(RunContext.class);
        when(run.parameterGroups()).thenReturn(List.of(groups));
        when(run.progress()).thenReturn(START.at(14));
        return run;
    }

    @Test
    void setsTheLearningRateOfEveryGroupFromItsInitialOne() {
        ParameterGroup first = new ParameterGroup("first", null, Map.of("lr", 0.1));
        ParameterGroup second = new ParameterGroup("second", null, Map.of("lr", 0.01));
        RunContext run = runWith(first, second);
        UpdaterHook schedule = Hooks.schedule("{policy: step, step: [1, 2], gamma: 0.5}", "LrUpdaterHook");
        schedule.beforeTrainIter(run);
        schedule.beforeTrainIter(run);
        assertClose(0.025, first.lr(), "first");
        assertClose(0.0025, second.lr(), "second");
    }

    /** Numbers of mmcv 1.5.2. */
    @Test
    void aCycleTooShortToGoUpComesDownFromThePeak() {
        UpdaterHook schedule = Hooks.schedule(
                "{policy: Cyclic, by_epoch: false, target_ratio: [5, 0.1], cyclic_times: 3, step_ratio_up: 0.3, gamma: 0.9}",
                "LrUpdaterHook");
        double[] expected = {0.25, 0.1275, 0.25, 0.12975, 0.25, 0.131775};
        Progress start = new Progress(0, 0, 3, 6, 2, true);
        for (int i = 0; i < expected.length; i++) {
            assertClose(expected[i], schedule.value(0.05, 0, start.at(i)), "iteration " + i);
        }
    }

    @Test
    void momentumIsBeta1OfAnAdam() {
        ParameterGroup group = new ParameterGroup("weight", null, Map.of("lr", 0.1, "beta1", 0.9, "beta2", 0.98));
        Hooks.schedule("{policy: Step, step: 2}", "MomentumUpdaterHook").beforeTrainIter(runWith(group));
        assertClose(0.45, group.option("beta1"), "beta1");
        assertEquals(0.98, group.option("beta2"));
    }

    @Test
    void refusesToScheduleTheMomentumOfAnOptimizerWithout() {
        ParameterGroup group = new ParameterGroup("weight", null, Map.of("lr", 0.1));
        UpdaterHook schedule = Hooks.schedule("{policy: Step, step: 2}", "MomentumUpdaterHook");
        Exception e = assertThrows(ConfigException.class, () -> schedule.beforeTrainIter(runWith(group)));
        assertTrue(e.getMessage().contains("momentum_config"), e.getMessage());
    }

    @Test
    void dividesTheMomentumDuringItsWarmUp() {
        UpdaterHook schedule = Hooks.schedule(
                "{policy: Step, step: 100, warmup: linear, warmup_iters: 10, warmup_ratio: 0.5}",
                "MomentumUpdaterHook");
        assertClose(0.8 / 0.5, schedule.value(0.8, 0, START), "start");
        assertClose(0.8 / 0.75, schedule.value(0.8, 0, START.at(5)), "half way");
        assertClose(0.8, schedule.value(0.8, 0, START.at(10)), "end");
    }

    @Test
    void countsWhatTheRunnerCountsUnlessTold() {
        UpdaterHook schedule = Hooks.schedule("{policy: Exp, gamma: 0.5}", "LrUpdaterHook");
        Progress byIterations = new Progress(1, 7, 10, 70, 7, false);
        assertClose(Math.pow(0.5, 7), schedule.value(1, 0, byIterations), "iterations");
        assertClose(0.5, schedule.value(1, 0, START.at(7)), "epochs");
        UpdaterHook told = Hooks.schedule("{policy: Exp, gamma: 0.5, by_epoch: true}", "LrUpdaterHook");
        assertClose(0.5, told.value(1, 0, byIterations), "told epochs");
    }

    @Test
    void oneCycleWhosePeakIsItsFirstIterationStartsThere() {
        UpdaterHook schedule = Hooks.schedule("{policy: OneCycle, max_lr: 0.5, pct_start: 0.1}", "LrUpdaterHook");
        assertClose(0.5, schedule.value(0.1, 0, new Progress(0, 0, 1, 10, 10, true)), "first iteration");
    }

    @Test
    void aRunThatIsAllWarmUpReachesTheInitialLearningRate() {
        UpdaterHook schedule = Hooks.schedule(
                "{policy: StepFixCosineAnnealing, min_lr: 0, by_epoch: false, "
                        + "warmup: linear, warmup_iters: 10, warmup_by_epoch: true}",
                "LrUpdaterHook");
        assertClose(0.05, schedule.value(0.1, 0, START.at(35)), "half way");
    }

    @Test
    void refusesToSetALearningRateThatIsNoNumber() {
        ParameterGroup group = new ParameterGroup("weight", null, Map.of("lr", 0.1));
        UpdaterHook schedule = Hooks.schedule("{policy: Inv, gamma: -0.5, power: 1}", "LrUpdaterHook");
        Exception e = assertThrows(ConfigException.class, () -> schedule.beforeTrainIter(runWith(group)));
        assertTrue(e.getMessage().startsWith("InvLrUpdaterHook gives lr Infinity at iteration 14"), e.getMessage());
        assertEquals(0.1, group.lr());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{policy: CosineRestart, periods: [4], min_lr: 0} | periods [4] end before the run does, which is 10 epochs",
                "{policy: Cyclic, cyclic_times: 71} | cyclic_times is 71, more than the 70 iterations",
                "{policy: OneCycle, max_lr: 0.5, total_steps: 69} | total_steps is 69, less than the 70 iterations",
                "{policy: OneCycle, max_lr: [0.5]} | no number for parameter group 1"
            })
    void refusesARunThatItDoesNotFit(String config, String message) {
        UpdaterHook schedule = Hooks.schedule(config, "LrUpdaterHook");
        Exception e = assertThrows(ConfigException.class, () -> schedule.value(0.1, 1, START.at(69)));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{policy: CosineAnnealing} | min_lr_ratio",
                "{policy: CosineAnnealing, min_lr: 0, min_lr_ratio: 0.1} | not both",
                "{policy: Step, step: [3, 0]} | a positive integer",
                "{policy: Step} | missing required key 'step'",
                "{policy: Step, step: 2.5} | a positive integer",
                "{policy: Fixed, warmup: linear} | warmup_iters",
                "{policy: Fixed, warmup: quadratic} | constant, linear, exp",
                "{policy: Fixed, warmup: linear, warmup_iters: 5, warmup_ratio: 0} | warmup_ratio",
                "{policy: Cyclic, by_epoch: true} | by_epoch",
                "{policy: Cyclic, target_ratio: [1, 2, 3]} | one or two numbers",
                "{policy: OneCycle, max_lr: high} | a number, or a list of numbers",
                "{policy: CosineRestart, periods: [4, 6], min_lr: 0} | as many numbers as there are periods (2)",
                "{policy: FlatCosineAnnealing, start_percent: 75, min_lr: 0} | start_percent"
            })
    void explainsAMistakeInItsConfig(String config, String message) {
        Exception e = assertThrows(ConfigException.class, () -> Hooks.schedule(config, "LrUpdaterHook"));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    @Test
    void setsLearningRatesFirstAndMomentaThen() {
        assertEquals(
                Priority.VERY_HIGH,
                Hooks.schedule("{policy: Fixed}", "LrUpdaterHook").priority());
        assertEquals(
                Priority.HIGH,
                Hooks.schedule("{policy: Step, step: 1}", "MomentumUpdaterHook").priority());
    }
}
