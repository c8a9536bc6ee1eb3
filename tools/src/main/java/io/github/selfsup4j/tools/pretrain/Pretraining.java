package io.github.selfsup4j.tools.pretrain;

import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.data.DataSource;
import io.github.selfsup4j.experiment.Experiment;
import io.github.selfsup4j.experiment.StartOptions;
import io.github.selfsup4j.inject.ComponentFactory;
import io.github.selfsup4j.io.disk.AtomicFile;
import io.github.selfsup4j.runner.RunLog;
import io.github.selfsup4j.runner.RunSettings;
import io.github.selfsup4j.tools.benchmark.Benchmark;
import io.github.selfsup4j.tools.benchmark.Timings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Pretraining on a folder of pictures, from the pictures to the report: {@link #prepare}, then training of
 * {@link #experiment}, then {@link #finish}. What was done is kept in the folder of the run; a run that was interrupted
 * goes on when the same is asked for again.
 */
public final class Pretraining {
    /** The config in the folder of the run. */
    public static final String CONFIG = "config.yaml";

    private static final int MOST_IN_A_BATCH = 256;
    private static final int FEWEST_IN_A_BATCH = 8;
    private static final int FEWEST_BATCHES = 8;
    private static final double SHARE_OF_MEMORY = 0.5;
    private static final double SHARE_OF_TIME = 0.9;
    private static final int MOST_EPOCHS = 2000;
    private static final int TIMED_STEPS = 4;
    /** Pictures that are looked at before training; of more than these, training tells those that can't be read. */
    private static final int MOST_LOOKED_AT = 20_000;

    private final Plan.Asked asked;
    private final Path out;
    private final Optional<String> device;
    private final Optional<String> precision;
    private final Consumer<String> console;

    /**
     * A pretraining.
     *
     * @param asked what is asked for
     * @param out the folder for everything that is made
     * @param console shows a line to the person who waits
     */
    public Pretraining(
            Plan.Asked asked, Path out, Optional<String> device, Optional<String> precision, Consumer<String> console) {
        this.asked = asked;
        this.out = out;
        this.device = device;
        this.precision = precision;
        this.console = console;
    }

    /**
     * Looks at the pictures and decides on batch size and length, unless that was done before.
     *
     * @param found the pictures of the folder that is asked for
     * @throws ConfigException if too few of them can be read
     */
    public Plan prepare(ImageFolder found) throws IOException {
        Optional<Plan> begun = Plan.of(out, asked);
        if (begun.isPresent()) {
            console.accept(out + " holds a run that was begun: going on with it");
            return begun.get();
        }
        Map<Integer, String> damaged = damaged(found);
        ImageFolder pictures = found.select(i -> !damaged.containsKey(i));
        damaged.values().forEach(reason -> console.accept("left out: " + reason));
        int batch = batch(pictures.size());
        console.accept(String.format(
                "%d pictures%s%s; batches of %d",
                pictures.size(),
                damaged.isEmpty() ? "" : ", " + damaged.size() + " more can't be read",
                pictures.classes().isEmpty() ? "" : " in " + pictures.classes().size() + " classes",
                batch));
        writeLists(pictures);
        Recipe recipe = timed(
                new Recipe(asked.method(), asked.size(), pictures, out.toAbsolutePath(), batch, 1, 1, asked.seed()));
        AtomicFile.write(out.resolve(CONFIG), recipe.yaml());
        Plan plan = new Plan(
                asked,
                batch,
                recipe.epochs(),
                recipe.stepSeconds(),
                pictures.classes(),
                recipe.evaluated(),
                pictures.size(),
                List.copyOf(damaged.values()));
        plan.write(out);
        return plan;
    }

    /** Number of the picture to what is wrong with it. */
    private Map<Integer, String> damaged(ImageFolder found) throws IOException {
        AtomicFile.write(out.resolve(Recipe.ALL), found.lines());
        Recipe recipe = new Recipe(
                asked.method(), asked.size(), found, out.toAbsolutePath(), FEWEST_IN_A_BATCH, 1, 1, asked.seed());
        AtomicFile.write(out.resolve(CONFIG), recipe.yaml());
        Experiment experiment = experiment();
        DataSource source = new ComponentFactory(binder -> {})
                .build(
                        experiment
                                .trainingData()
                                .orElseThrow()
                                .children("data_source")
                                .get(0),
                        DataSource.class);
        Map<Integer, String> damaged = new ConcurrentSkipListMap<>();
        IntStream.range(0, Math.min(MOST_LOOKED_AT, found.size())).parallel().forEach(i -> {
            try {
                source.image(i);
            } catch (IOException e) {
                damaged.put(i, e.getMessage());
            }
        });
        if (found.size() - damaged.size() < 2) {
            throw ConfigException.of(
                    "of " + found.size() + " pictures in " + found.folder() + " " + (found.size() - damaged.size())
                            + " can be read; two are needed at least"
                            + damaged.values().stream()
                                    .findFirst()
                                    .map(first -> ". The first that can't: " + first)
                                    .orElse(""));
        }
        return damaged;
    }

    private void writeLists(ImageFolder pictures) throws IOException {
        AtomicFile.write(out.resolve(Recipe.ALL), pictures.lines());
        AtomicFile.write(out.resolve(Recipe.BANK), pictures.heldOut(false).lines());
        AtomicFile.write(out.resolve(Recipe.QUERIES), pictures.heldOut(true).lines());
    }

    /** As many as memory allows, but not so many that an epoch has only a few batches. */
    private int batch(int pictures) {
        if (asked.batch() != null) {
            if (asked.batch() > pictures) {
                throw ConfigException.of(
                        "--batch-size " + asked.batch() + " is more than the " + pictures + " pictures there are");
            }
            return asked.batch();
        }
        long inMemory =
                (long) (Memory.freeMegabytes(experiment().settings(options()).device())
                        * SHARE_OF_MEMORY
                        / asked.size().megabytes());
        long wanted = Math.min(MOST_IN_A_BATCH, Math.max(FEWEST_IN_A_BATCH, pictures / FEWEST_BATCHES));
        return (int) Math.min(pictures, Long.highestOneBit(Math.max(1, Math.min(inMemory, wanted))));
    }

    /** The same with as many epochs as there is time for. */
    private Recipe timed(Recipe recipe) throws IOException {
        AtomicFile.write(out.resolve(CONFIG), recipe.yaml());
        List<String> quiet = List.of("evaluation=null", "checkpoint_config=null", "log_config=null");
        Experiment experiment = read(out.resolve(CONFIG), quiet);
        RunSettings settings = experiment.settings(options());
        Benchmark benchmark =
                new Benchmark(experiment, () -> experiment, settings, new Quiet(), recipe.batch(), TIMED_STEPS);
        double step = benchmark.steps().seconds();
        Timings loading = benchmark.data();
        // On the CPU loading and computing share the cores.
        double seconds = settings.device().isGpu() ? Math.max(step, loading.seconds()) : step + loading.seconds();
        double epoch = seconds * recipe.iterationsPerEpoch();
        int epochs = asked.epochs() != null
                ? asked.epochs()
                : (int) Math.max(1, Math.min(MOST_EPOCHS, asked.hours() * 3600 * SHARE_OF_TIME / epoch));
        if (epochs > Recipe.EVALUATIONS && asked.epochs() == null) {
            epochs -= epochs % Recipe.EVALUATIONS;
        }
        console.accept(String.format(
                Locale.ROOT,
                "a step takes about %.3f s, an epoch of %d steps %.1f s: training for %d epochs, about %s",
                seconds,
                recipe.iterationsPerEpoch(),
                epoch,
                epochs,
                duration(epochs * epoch)));
        if (asked.epochs() == null && epoch > asked.hours() * 3600) {
            console.accept(
                    "that is more than the time asked for, but less than one epoch is no training; a smaller --size takes less");
        }
        return new Recipe(
                recipe.method(),
                recipe.size(),
                recipe.pictures(),
                recipe.folder(),
                recipe.batch(),
                epochs,
                seconds,
                recipe.seed());
    }

    static String duration(double seconds) {
        long rounded = Math.round(seconds);
        return rounded >= 3600
                ? rounded / 3600 + " h " + rounded % 3600 / 60 + " min"
                : rounded >= 120 ? rounded / 60 + " min" : rounded + " s";
    }

    /** What to train, as the config in the folder has it. */
    public Experiment experiment() {
        return read(out.resolve(CONFIG), List.of());
    }

    /** How to start: where the run was left, if it was begun. */
    public StartOptions options() {
        return new StartOptions(
                Optional.of(out.resolve(Recipe.RUN)),
                Optional.empty(),
                true,
                Optional.empty(),
                device,
                precision,
                Optional.empty());
    }

    /** Writes everything that comes out of a run: backbone, embeddings, report. */
    public void finish(Plan plan) throws IOException {
        new Results(plan, experiment(), experiment().settings(options()), out, console).write();
    }

    private static Experiment read(Path config, List<String> overrides) {
        Problems problems = new Problems();
        Experiment experiment = Experiment.read(config, overrides, List.of(), problems);
        problems.throwIfAny();
        return experiment;
    }

    /** What is measured is not told line by line. */
    private final class Quiet implements RunLog {
        @Override
        public void info(String line) {}

        @Override
        public void warn(String line) {
            console.accept(line);
        }
    }
}
