package io.github.selfsup4j.hooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doReturn;

import ai.djl.ndarray.NDManager;
import io.github.selfsup4j.io.tree.Tree;
import io.github.selfsup4j.model.Algorithm;
import io.github.selfsup4j.model.Evaluator;
import io.github.selfsup4j.runner.Evaluation;
import io.github.selfsup4j.runner.RunContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvalHookTest {
    @TempDir
    Path folder;

    private RunContext run;
    private final EvalHook.Config config = new EvalHook.Config();
    private final List<Evaluation> reported = new ArrayList<>();

    /** Gives scores one after another. */
    private static final class Scores implements Evaluator {
        private final Iterator<Double> scores;

        Scores(Double... scores) {
            this.scores = List.of(scores).iterator();
        }

        @Override
        public Map<String, Double> evaluate(Algorithm model, NDManager manager) {
            Map<String, Double> result = new LinkedHashMap<>();
            result.put("knn_top1", scores.hasNext() ? scores.next() : 0.0);
            result.put("val_loss", 1.0);
            return result;
        }

        @Override
        public int batches() {
            return 16;
        }
    }

    @BeforeEach
    void startRun() {
        run = Runs.in(folder);
        doAnswer(call -> reported.add(call.getArgument(0))).when(run).report(any());
    }

    private void train(EvalHook hook, int fromEpoch, int toEpoch) {
        hook.beforeRun(run);
        for (int epoch = fromEpoch; epoch < toEpoch; epoch++) {
            hook.beforeTrainEpoch(Runs.at(run, (long) epoch * Runs.PER_EPOCH));
            for (int i = 0; i < Runs.PER_EPOCH; i++) {
                Runs.at(run, (long) epoch * Runs.PER_EPOCH + i);
                hook.beforeTrainIter(run);
                hook.afterTrainIter(run, Runs.step(1));
            }
            hook.afterTrainEpoch(Runs.atEndOfEpoch(run, epoch));
        }
    }

    private List<Integer> epochs() {
        return reported.stream().map(Evaluation::epoch).toList();
    }

    @Test
    void evaluatesEveryFewEpochs() {
        config.interval = 3;
        train(new EvalHook(config, new Scores(10.0)), 0, Runs.EPOCHS);
        assertEquals(List.of(3, 6, 9), epochs());
        assertEquals(new Evaluation(3, 21, 16, Map.of("knn_top1", 10.0, "val_loss", 1.0)), reported.get(0));
    }

    @Test
    void startZeroEvaluatesTheUntrainedNetworkWhateverTheInterval() {
        config.start = 0;
        config.interval = 10;
        train(new EvalHook(config, new Scores()), 0, Runs.EPOCHS);
        assertEquals(List.of(0, 10), epochs());
        assertEquals(0, reported.get(0).iteration());
    }

    @Test
    void countsTheIntervalFromItsStart() {
        config.start = 3;
        config.interval = 2;
        train(new EvalHook(config, new Scores()), 0, Runs.EPOCHS);
        assertEquals(List.of(3, 5, 7, 9), epochs());
    }

    @Test
    void evaluatesWhatItResumesFrom() {
        config.start = 3;
        config.interval = 2;
        train(new EvalHook(config, new Scores()), 6, Runs.EPOCHS);
        assertEquals(List.of(6, 7, 9), epochs());
    }

    @Test
    void countsIterationsInARunThatDoes() {
        doReturn(false).when(run).countsEpochs();
        config.start = 0;
        config.interval = 35;
        train(new EvalHook(config, new Scores()), 0, Runs.EPOCHS);
        assertEquals(
                List.of(0L, 35L, 70L),
                reported.stream().map(Evaluation::iteration).toList());
        assertEquals(List.of(0, 5, 10), epochs());
    }

    private List<String> checkpoints() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void keepsTheBestCheckpointOnly() throws IOException {
        config.saveBest = "auto";
        train(new EvalHook(config, new Scores(10.0, 30.0, 20.0, 30.0)), 0, 4);
        assertEquals(List.of("best_knn_top1_epoch_2.pth"), checkpoints());
    }

    @Test
    void lessIsBetterForALoss() throws IOException {
        config.saveBest = "val_loss";
        train(new EvalHook(config, new Scores()), 0, 3);
        assertEquals(List.of("best_val_loss_epoch_1.pth"), checkpoints());
    }

    @Test
    void aScoreThatIsNoNumberIsNeverTheBest() throws IOException {
        config.saveBest = "knn_top1";
        train(new EvalHook(config, new Scores(Double.NaN, 0.0, Double.NaN)), 0, 3);
        assertEquals(List.of("best_knn_top1_epoch_2.pth"), checkpoints());
    }

    @Test
    void aResumedRunKnowsTheBestScore() throws IOException {
        config.saveBest = "auto";
        EvalHook before = new EvalHook(config, new Scores(50.0));
        train(before, 0, 1);
        EvalHook after = new EvalHook(config, new Scores(40.0, 60.0));
        after.loadState(before.saveState());
        train(after, 1, 2);
        assertEquals(List.of("best_knn_top1_epoch_1.pth"), checkpoints());
        train(after, 2, 3);
        assertEquals(List.of("best_knn_top1_epoch_3.pth"), checkpoints());
    }

    @Test
    void theEvaluationThatAKillCutOffIsDoneByTheResumedRun() throws IOException {
        config.saveBest = "auto";
        EvalHook before = new EvalHook(config, new Scores(50.0, 60.0));
        train(before, 0, 1);
        Tree checkpointOfEpochTwo = before.saveState();
        train(before, 1, 2);
        EvalHook after = new EvalHook(config, new Scores(60.0, 55.0));
        after.loadState(checkpointOfEpochTwo);
        reported.clear();
        train(after, 2, 3);
        assertEquals(List.of(2, 3), epochs());
        assertEquals(List.of("best_knn_top1_epoch_2.pth"), checkpoints());
    }

    @Test
    void beforeAnyEvaluationThereIsNoBest() {
        Tree state = new EvalHook(config, new Scores()).saveState();
        assertTrue(state.asMapping("best").entries().isEmpty());
        new EvalHook(config, new Scores()).loadState(state);
    }

    @Test
    void stopsIfTheScoreToJudgeByIsMissing() {
        config.saveBest = "top5";
        Exception e =
                assertThrows(IllegalStateException.class, () -> train(new EvalHook(config, new Scores(1.0)), 0, 1));
        assertTrue(
                e.getMessage().contains("save_best is top5, but the evaluator gives [knn_top1, val_loss]"),
                e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "knn_top1, GREATER",
        "accuracy, GREATER",
        "mIoU, GREATER",
        "loss, LESS",
        "val_loss, LESS",
        "top_loss, GREATER"
    })
    void tellsFromItsNameWhichScoreIsBetter(String name, ScoreRule rule) {
        assertEquals(Optional.of(rule), ScoreRule.of(name, config.greaterKeys, config.lessKeys));
        assertFalse(rule.better(rule.worst(), 0));
    }

    @Test
    void cannotTellEveryName() {
        assertEquals(Optional.empty(), ScoreRule.of("silhouette", config.greaterKeys, config.lessKeys));
    }
}
