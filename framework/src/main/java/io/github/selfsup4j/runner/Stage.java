package io.github.selfsup4j.runner;

import java.util.Arrays;
import java.util.List;

/** The moments of a run at which hooks are called, in order. */
public enum Stage {
    BEFORE_RUN("beforeRun"),
    BEFORE_TRAIN_EPOCH("beforeTrainEpoch"),
    BEFORE_TRAIN_ITER("beforeTrainIter"),
    AFTER_TRAIN_ITER("afterTrainIter"),
    AFTER_TRAIN_EPOCH("afterTrainEpoch"),
    AFTER_EVALUATION("afterEvaluation"),
    BEFORE_CHECKPOINT("beforeCheckpoint"),
    AFTER_RUN("afterRun");

    private final String method;

    Stage(String method) {
        this.method = method;
    }

    /** The method of {@link Hook} that is called. */
    public String method() {
        return method;
    }

    /** The stages at which a hook does something: those whose method its class overrides. */
    public static List<Stage> of(Hook hook) {
        return Arrays.stream(values())
                .filter(stage -> stage.overriddenBy(hook.getClass()))
                .toList();
    }

    private boolean overriddenBy(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .anyMatch(m -> m.getName().equals(method) && m.getDeclaringClass() != Hook.class);
    }
}
