package io.github.selfsup4j.hooks;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which of two scores is better. Reference: the rules of mmcv's {@code EvalHook}. */
public enum ScoreRule {
    /** The greater one. */
    GREATER,
    /** The smaller one. */
    LESS;

    /** Whether a score is better than another one; a score that is no number never is. */
    boolean better(double score, double than) {
        return this == GREATER ? score > than : score < than;
    }

    /** A score that every other one is better than. */
    double worst() {
        return this == GREATER ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }

    /** The rule of a score by its name: a whole name first, then a part of it; empty if there is no telling. */
    static Optional<ScoreRule> of(String score, List<String> greaterKeys, List<String> lessKeys) {
        String name = score.toLowerCase(Locale.ROOT);
        List<String> greater = lowerCase(greaterKeys);
        List<String> less = lowerCase(lessKeys);
        if (greater.contains(name)) {
            return Optional.of(GREATER);
        } else if (less.contains(name)) {
            return Optional.of(LESS);
        } else if (greater.stream().anyMatch(name::contains)) {
            return Optional.of(GREATER);
        }
        return less.stream().anyMatch(name::contains) ? Optional.of(LESS) : Optional.empty();
    }

    private static List<String> lowerCase(List<String> keys) {
        return keys.stream().map(key -> key.toLowerCase(Locale.ROOT)).toList();
    }
}
