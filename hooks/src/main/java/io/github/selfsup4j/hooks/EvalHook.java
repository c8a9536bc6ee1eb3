package io.github.selfsup4j.hooks;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.io.tree.Tree;
import io.github.selfsup4j.model.Evaluator;
import io.github.selfsup4j.registry.Component;
import io.github.selfsup4j.runner.Evaluation;
import io.github.selfsup4j.runner.Priority;
import io.github.selfsup4j.runner.RunContext;
import io.github.selfsup4j.runner.StatefulHook;
import io.github.selfsup4j.runner.StepResult;
import jakarta.inject.Inject;
import java.util.List;

/**
 * Evaluates the model from time to time, and keeps the best checkpoint if asked to.
 *
 * <pre>{@code
 * evaluation:
 *   start: 0          # the untrained network, too
 *   interval: 10
 *   save_best: auto
 *   evaluator: {type: KnnEvaluator, ...}
 * }</pre>
 *
 * Reference: {@code EvalHook} of mmcv; unlike there, an evaluation before training does not depend on {@code interval}.
 */
@Component("EvalHook")
public final class EvalHook implements StatefulHook {

    /** Keys of {@code evaluation}. */
    public static final class Config implements Validated {
        /**
         * The first epoch or iteration to evaluate; a run that starts there or later evaluates before training, so 0
         * evaluates the untrained network. Null for {@code interval}.
         */
        public Integer start = null;
        /** Epochs or iterations between evaluations. */
        public int interval = 1;
        /** Whether epochs are counted, not iterations; null for what the runner counts. */
        public Boolean byEpoch = null;
        /**
         * Name of the score whose best checkpoint is kept as {@code best_NAME_epoch_N.pth}; {@code auto} for the first
         * score, null for none.
         */
        public String saveBest = null;
        /** Which score is better; null to tell from its name. */
        public ScoreRule rule = null;
        /** Names, or parts of names, of scores of which the greater one is better. */
        public List<String> greaterKeys =
                List.of("acc", "top", "AR@", "auc", "precision", "mAP", "mDice", "mIoU", "mAcc", "aAcc");
        /** Names, or parts of names, of scores of which the smaller one is better. */
        public List<String> lessKeys = List.of("loss");
        /** A folder to hold a folder of the run's name with the best checkpoint; null for the run's own folder. */
        public String outDir = null;

        @Override
        public void validate(Checks checks) {
            OutputFolder.check(outDir, checks);
            checks.require(interval > 0, "interval", "a positive number");
            checks.require(start == null || start >= 0, "start", "0 or more");
            boolean known = saveBest == null
                    || saveBest.equals("auto")
                    || rule != null
                    || ScoreRule.of(saveBest, greaterKeys, lessKeys).isPresent();
            checks.require(
                    known,
                    "saveBest",
                    "a name that tells whether more is better; with this one, give a rule (greater or less)");
        }
    }

    private static final String BEST = "best";
    private static final String EVALUATED = "evaluated";

    private final Config config;
    private final Evaluator evaluator;
    private final BestCheckpoint best;
    private boolean started;
    /** Epochs or iterations done at the last evaluation: that of the checkpoint of a killed run may be lost. */
    private Long evaluated;

    @Inject
    EvalHook(Config config, Evaluator evaluator) {
        this.config = config;
        this.evaluator = evaluator;
        this.best = new BestCheckpoint(config);
    }

    /** After the loggers, so that the scores of an iteration are logged below its losses. */
    @Override
    public Priority priority() {
        return Priority.LOWEST;
    }

    private boolean byEpoch(RunContext run) {
        return config.byEpoch == null ? run.countsEpochs() : config.byEpoch;
    }

    @Override
    public void beforeTrainEpoch(RunContext run) {
        long done = run.progress().done(byEpoch(run));
        boolean first = !started && config.start != null && done >= config.start;
        boolean lost = !started && evaluated != null && evaluated < done && isDue(done);
        if (first || lost) {
            evaluate(run, run.epoch(), run.iteration());
        }
        started = true;
    }

    @Override
    public void afterTrainIter(RunContext run, StepResult step) {
        if (!byEpoch(run) && isDue(run.iteration() + 1)) {
            evaluate(run, run.epoch() + (run.endOfEpoch() ? 1 : 0), run.iteration() + 1);
        }
    }

    @Override
    public void afterTrainEpoch(RunContext run) {
        if (byEpoch(run) && isDue(run.epoch() + 1)) {
            evaluate(run, run.epoch() + 1, run.iteration());
        }
    }

    private boolean isDue(long done) {
        long first = config.start == null ? 0 : config.start;
        return done >= first && (done - first) % config.interval == 0;
    }

    private void evaluate(RunContext run, int epoch, long iteration) {
        Evaluation evaluation =
                new Evaluation(epoch, iteration, evaluator.batches(), evaluator.evaluate(run.model(), run.manager()));
        evaluated = byEpoch(run) ? epoch : iteration;
        run.report(evaluation);
        if (config.saveBest != null) {
            best.offer(run, evaluation, byEpoch(run) ? "epoch_" + epoch : "iter_" + iteration);
        }
    }

    @Override
    public String stateName() {
        return "EvalHook";
    }

    @Override
    public Tree saveState() {
        return Tree.mapping()
                .put(BEST, best.state())
                .put(EVALUATED, evaluated == null ? 0 : evaluated)
                .build();
    }

    @Override
    public void loadState(Tree state) {
        best.load(state.find(BEST).orElse(state));
        evaluated = state.find(EVALUATED).map(Tree::asLong).orElse(null);
    }
}
