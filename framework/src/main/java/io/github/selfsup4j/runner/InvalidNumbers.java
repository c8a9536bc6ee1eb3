package io.github.selfsup4j.runner;

import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.model.StateLoader;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What to tell, and what to leave out, when a loss, a gradient or a parameter of a run is not finite. */
public final class InvalidNumbers {
    private static final int NAMES_SHOWN = 8;
    private static final int LOSSES_SHOWN = 10;
    private static final String ADVICE =
            "What may help: a lower learning rate (optimizer.lr), a longer warm-up (lr_config.warmup_iters), clipping"
                    + " (optimizer_config.grad_clip={max_norm: 1.0}), float32, above all in attention (--precision fp32); and a look at those pictures.";

    private InvalidNumbers() {}

    /** Names of weights of which a number is not finite. */
    static List<String> names(Map<String, HostTensor> weights) {
        return weights.entrySet().stream()
                .filter(entry -> !entry.getValue().isFinite())
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * Everything that is known, for a person: iteration, learning rate, losses before it, parameters, pictures, advice,
     * and the checkpoint to go on from.
     */
    public static String report(RunContext run) {
        PastStep step = suspect(run);
        String where = "at iteration " + (step.iteration() + 1) + " (epoch "
                + (step.iteration() / run.iterationsPerEpoch() + 1)
                + String.format(Locale.ROOT, ", learning rate %.3e)", step.learningRate());
        return what(step) + " " + where + "\n  losses until then: " + losses(run, step) + "\n  " + parameters(run)
                + "\n" + pictures(run) + "  " + ADVICE + "\n  "
                + run.lastCheckpoint()
                        .map(file -> "The last good checkpoint is " + file + ": --resume-from goes on from there")
                        .orElse("There is no checkpoint yet");
    }

    private static PastStep suspect(RunContext run) {
        List<PastStep> steps = run.pastSteps();
        return steps.stream().filter(PastStep::invalid).findFirst().orElseGet(() -> steps.get(steps.size() - 1));
    }

    private static String what(PastStep step) {
        if (!Double.isFinite(step.loss())) {
            return "the loss is " + step.loss();
        }
        return step.invalid()
                ? "the norm of the gradients is " + step.gradientNorm().orElseThrow()
                : "parameters are not finite";
    }

    private static String losses(RunContext run, PastStep last) {
        List<PastStep> before = run.pastSteps().stream()
                .filter(step -> step.iteration() <= last.iteration())
                .toList();
        return before.subList(Math.max(0, before.size() - LOSSES_SHOWN), before.size()).stream()
                .map(step -> String.format(Locale.ROOT, "%d: %.5g", step.iteration() + 1, step.loss()))
                .collect(Collectors.joining(", "));
    }

    private static String parameters(RunContext run) {
        Map<String, HostTensor> weights = StateLoader.onDemand(run.model());
        List<String> names = names(weights);
        if (names.isEmpty()) {
            return "every parameter is finite";
        }
        return "not finite: " + names.size() + " of " + weights.size() + " parameters and buffers: "
                + String.join(", ", names.subList(0, Math.min(NAMES_SHOWN, names.size())))
                + (names.size() > NAMES_SHOWN ? ", ..." : "");
    }

    private static String pictures(RunContext run) {
        SortedSet<Long> suspects = suspects(run);
        return run.pastSteps().stream()
                .filter(step -> suspects.contains(step.iteration()))
                .map(step -> "  batch of iteration " + (step.iteration() + 1) + ": "
                        + String.join(", ", step.origins().get()) + "\n")
                .collect(Collectors.joining());
    }

    /**
     * The iterations whose batches may be the cause: that of the first number that is not finite and, if the gradients
     * of the one before are not known to have been finite, that one, whose step made the parameters.
     */
    public static SortedSet<Long> suspects(RunContext run) {
        PastStep suspect = suspect(run);
        SortedSet<Long> suspects = new TreeSet<>(List.of(suspect.iteration()));
        if (!Double.isFinite(suspect.loss())) {
            run.pastSteps().stream()
                    .filter(step -> step.iteration() == suspect.iteration() - 1
                            && step.gradientNorm().isEmpty())
                    .forEach(step -> suspects.add(step.iteration()));
        }
        return suspects;
    }
}
