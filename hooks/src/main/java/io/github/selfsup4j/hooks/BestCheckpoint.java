package io.github.selfsup4j.hooks;

import io.github.selfsup4j.io.tree.Tree;
import io.github.selfsup4j.runner.CheckpointNotSavedException;
import io.github.selfsup4j.runner.Evaluation;
import io.github.selfsup4j.runner.RunContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The checkpoint with the best score so far. */
final class BestCheckpoint {
    private final EvalHook.Config config;
    private Double score;
    private Path file;

    BestCheckpoint(EvalHook.Config config) {
        this.config = config;
    }

    /**
     * Writes a checkpoint if its score is the best, and deletes the one before.
     *
     * @param moment for its name, for example {@code epoch_3}
     */
    void offer(RunContext run, Evaluation evaluation, String moment) {
        String name = config.saveBest.equals("auto")
                ? evaluation.scores().keySet().iterator().next()
                : config.saveBest;
        Double found = evaluation.scores().get(name);
        Optional<ScoreRule> rule =
                Optional.ofNullable(config.rule).or(() -> ScoreRule.of(name, config.greaterKeys, config.lessKeys));
        if (found == null) {
            run.stop("evaluation.save_best is " + name + ", but the evaluator gives "
                    + evaluation.scores().keySet());
        } else if (rule.isEmpty()) {
            run.stop("evaluation.rule must say whether more of " + name + " is better: greater or less");
        } else if (rule.get().better(found, score == null ? rule.get().worst() : score)) {
            keep(run, name, found, "best_" + name + "_" + moment + ".pth");
        }
    }

    private void keep(RunContext run, String name, double newScore, String fileName) {
        Path previous = file;
        Double previousScore = score;
        score = newScore;
        file = OutputFolder.of(config.outDir, run).resolve(fileName);
        try {
            run.saveCheckpoint(file, true);
        } catch (CheckpointNotSavedException e) {
            score = previousScore;
            file = previous;
            run.log()
                    .warn(e.getMessage() + "; training goes on, "
                            + (previous == null ? "without a best checkpoint" : previous + " stays the best one"));
            return;
        }
        delete(previous, run);
        run.log().info(String.format(Locale.ROOT, "Best %s is %.4f, in %s", name, score, fileName));
    }

    private void delete(Path previous, RunContext run) {
        try {
            if (previous != null && !previous.equals(file)) {
                Files.deleteIfExists(previous);
            }
        } catch (IOException e) {
            run.log().warn("can't delete " + previous + ": " + e.getMessage());
        }
    }

    Tree state() {
        return score == null
                ? Tree.mapping().build()
                : Tree.mapping()
                        .put("best_score", Tree.of(score))
                        .put("best_ckpt", Tree.of(file.toString()))
                        .build();
    }

    void load(Tree state) {
        if (state.find("best_score").isPresent()) {
            score = state.asDouble("best_score");
            file = Path.of(state.asText("best_ckpt"));
        }
    }
}
