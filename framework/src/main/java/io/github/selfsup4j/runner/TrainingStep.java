package io.github.selfsup4j.runner;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.github.selfsup4j.data.Batch;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.data.TrainingData;
import io.github.selfsup4j.model.Algorithm;
import io.github.selfsup4j.model.Losses;
import io.github.selfsup4j.nn.Draws;
import io.github.selfsup4j.nn.Pass;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.LongFunction;

/**
 * What is computed in an iteration: forward, backward, and the optimizer's step. Every array but parameters and
 * gradients ends with it.
 */
final class TrainingStep {
    private final Algorithm model;
    private final NDManager manager;
    private final ParameterUpdate update;
    private final long seed;
    private LongFunction<Draws> draws;

    /**
     * @param update what is done with gradients
     * @param seed of everything random
     */
    TrainingStep(Algorithm model, NDManager manager, ParameterUpdate update, long seed) {
        this.model = model;
        this.manager = manager;
        this.update = update;
        this.seed = seed;
        this.draws = iteration -> Draws.from(RandomStream.of(seed, iteration));
    }

    /** Replaces the random draws of iterations. */
    void drawFrom(LongFunction<Draws> draws) {
        this.draws = draws;
    }

    /**
     * Trains on a batch.
     *
     * @param waited nanoseconds that passed until it was there
     */
    StepResult train(TrainingData.Pending pending, long waited, RunContext run) {
        long start = System.nanoTime();
        Engine.getInstance().setRandomSeed((int) (seed * 31 + run.iteration()));
        try (NDManager scope = manager.newSubManager()) {
            Batch batch = pending.toBatch(scope);
            long dataDone = System.nanoTime();
            Losses losses;
            long forwardDone;
            try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
                losses = model.forwardTrain(batch, Pass.training(scope, draws.apply(run.iteration())));
                forwardDone = System.nanoTime();
                gradients.backward(update.scaled(losses.total(), run));
            }
            long backwardDone = System.nanoTime();
            OptionalDouble gradientNorm = update.step(scope, run);
            Map<String, Double> numbers = numbers(losses);
            StepTimes times = StepTimes.ofNanos(
                    waited + dataDone - start,
                    forwardDone - dataDone,
                    backwardDone - forwardDone,
                    System.nanoTime() - backwardDone);
            return new StepResult(numbers, gradientNorm, pending.size(), times);
        }
    }

    private static Map<String, Double> numbers(Losses losses) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        losses.values().forEach((name, value) -> numbers.put(name, (double) value.getFloat()));
        numbers.put("loss", (double) losses.total().getFloat());
        return numbers;
    }

    /** An iteration that leaves its batch out. */
    StepResult leaveOut(TrainingData.Pending batch, RunContext run) {
        try (NDManager scope = manager.newSubManager()) {
            update.stepWithoutBatch(scope, run);
        }
        return new StepResult(Map.of(), OptionalDouble.empty(), batch.size(), StepTimes.ofNanos(0, 0, 0, 0));
    }
}
