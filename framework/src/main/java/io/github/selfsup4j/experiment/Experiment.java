package io.github.selfsup4j.experiment;

import ai.djl.Device;
import io.github.selfsup4j.config.AllowedPaths;
import io.github.selfsup4j.config.ConfigBinder;
import io.github.selfsup4j.config.ConfigField;
import io.github.selfsup4j.config.ConfigFile;
import io.github.selfsup4j.config.ConfigNode;
import io.github.selfsup4j.config.ConfigReader;
import io.github.selfsup4j.config.ConfigWriter;
import io.github.selfsup4j.config.ListNode;
import io.github.selfsup4j.config.MapNode;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.config.ScalarNode;
import io.github.selfsup4j.data.Dataset;
import io.github.selfsup4j.inject.ComponentPlan;
import io.github.selfsup4j.inject.Planner;
import io.github.selfsup4j.model.Algorithm;
import io.github.selfsup4j.nn.Precision;
import io.github.selfsup4j.optim.Optimizer;
import io.github.selfsup4j.registry.ComponentScanner;
import io.github.selfsup4j.registry.Registry;
import io.github.selfsup4j.runner.Hook;
import io.github.selfsup4j.runner.Priority;
import io.github.selfsup4j.runner.RunSettings;
import io.github.selfsup4j.runner.Runner;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A config, read and checked as a whole; no data or device was touched.
 *
 * @param file the merged config
 * @param config its top level
 * @param model the algorithm; empty if the config has none
 * @param trainingData the dataset to train on
 * @param testData the dataset to test on: that of {@code data.test} or, without one, {@code data.val}
 * @param optimizer the optimizer
 * @param runner how long to train
 * @param hooks in the order of registration
 * @param registry every component there is
 */
public record Experiment(
        ConfigFile file,
        RunConfig config,
        Optional<ComponentPlan> model,
        Optional<ComponentPlan> trainingData,
        Optional<ComponentPlan> testData,
        Optional<ComponentPlan> optimizer,
        Optional<ComponentPlan> runner,
        List<PlannedHook> hooks,
        Registry registry) {

    /** Reads and checks a config that may name any file. */
    public static Experiment read(Path path, List<String> overrides, List<Path> plugIns, Problems problems) {
        return read(path, overrides, plugIns, Optional.empty(), problems);
    }

    /**
     * Reads and checks a config.
     *
     * @param overrides {@code --cfg-options}, as {@code key.path=value}
     * @param plugIns further plug-ins
     * @param allowed which files it may name, and then no further plug-ins; empty for any
     * @param problems everything that is wrong; what is returned is of use only if there is nothing
     */
    public static Experiment read(
            Path path, List<String> overrides, List<Path> plugIns, Optional<AllowedPaths> allowed, Problems problems) {
        ConfigFile file = ConfigReader.read(path, overrides, System.getenv(), allowed, problems);
        RunConfig config = ConfigBinder.bind(file.root(), RunConfig.class, unboundKeys(file), problems);
        List<Path> trusted = allowed.isEmpty() || !requiresForeignPlugIns(file, config, plugIns, problems)
                ? config.pluginPaths
                : List.of();
        Registry registry = ComponentScanner.scan(
                Stream.concat(trusted.stream(), plugIns.stream()).toList());
        return new Checker(file, config, registry, new Planner(registry, problems), problems).check();
    }

    /** Reports plug-ins that only the files of a config name: they are code, so this must be the user's own word. */
    private static boolean requiresForeignPlugIns(
            ConfigFile file, RunConfig config, List<Path> plugIns, Problems problems) {
        Optional<ConfigNode> section = file.root().get("plugin_paths").filter(node -> !isFromCommandLine(node));
        List<Path> named =
                plugIns.stream().map(path -> path.toAbsolutePath().normalize()).toList();
        boolean foreign = section.isPresent()
                && !named.containsAll(config.pluginPaths.stream()
                        .map(path -> path.toAbsolutePath().normalize())
                        .toList());
        if (foreign) {
            problems.add(
                    section.get(),
                    "plug-ins are code, and --restrict-paths runs none that only a config names",
                    "if you trust them, name them with --plugins");
        }
        return foreign;
    }

    private static boolean isFromCommandLine(ConfigNode node) {
        return node instanceof ListNode list
                ? list.items().stream().allMatch(item -> item.location().isCommandLine())
                : node.location().isCommandLine();
    }

    /** Keys that nothing binds: those that start with {@code x-}, and those that some {@code ${}} refers to. */
    private static Set<String> unboundKeys(ConfigFile file) {
        Set<String> keys = new HashSet<>();
        file.root().keys().stream()
                .filter(key -> key.startsWith("x-") || file.isReferred(key))
                .forEach(keys::add);
        return keys;
    }

    /**
     * Plans a component that is no part of a training run, such as a dataset to extract features of.
     *
     * @throws io.github.selfsup4j.config.ConfigException with everything that is wrong with it
     */
    public ComponentPlan plan(ConfigNode node, Class<?> type) {
        Problems problems = new Problems();
        Optional<ComponentPlan> plan = new Planner(registry, problems).plan(node, type);
        problems.throwIfAny();
        return plan.orElseThrow();
    }

    /** The config's file name without ending: the name of the experiment. */
    public String name() {
        return file.files()
                .get(file.files().size() - 1)
                .getFileName()
                .toString()
                .replaceFirst("\\.[a-z]+$", "");
    }

    /**
     * What a run of this config is started with.
     *
     * @param options the command line, which goes before the config
     * @throws io.github.selfsup4j.config.ConfigException if the device is not there
     */
    public RunSettings settings(StartOptions options) {
        Device device = Devices.device(options.device().or(() -> Optional.ofNullable(config.device)));
        Precision precision =
                Devices.precision(precisionName(options), config.fp16 != null, device, Processor.isFastAtBfloat16());
        long seed = options.seed()
                .orElseGet(() -> config.seed != null ? config.seed : new SecureRandom().nextInt(Integer.MAX_VALUE));
        return new RunSettings(
                seed,
                device,
                precision,
                workDirectory(options),
                LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss")));
    }

    /**
     * The folder of a run of this config.
     *
     * @param options the command line, which goes before the config
     */
    public Path workDirectory(StartOptions options) {
        return options.workDir()
                .orElseGet(() -> config.workDir != null ? config.workDir : Path.of("work_dirs", name()));
    }

    private Optional<String> precisionName(StartOptions options) {
        return options.precision().or(() -> Optional.ofNullable(config.precision));
    }

    /** What to tell a user whose run computes in another precision than asked for. */
    public Optional<String> remark(StartOptions options, RunSettings settings) {
        boolean asked = precisionName(options).map("bf16"::equalsIgnoreCase).orElse(config.fp16 != null);
        return !asked || settings.precision() != Precision.FP32
                ? Optional.empty()
                : Optional.of(
                        "computing in float32, not bfloat16: this"
                                + " processor is slower in bfloat16 (it has no amx_bf16); --precision bf16-always computes in it nevertheless");
    }

    /** The effective config as YAML. */
    public String effectiveConfig() {
        return ConfigWriter.toYaml(effectiveRoot(file));
    }

    /**
     * The effective config of a file: what is in force, without the variables that are only there to be referred to.
     */
    public static MapNode effectiveRoot(ConfigFile file) {
        Set<String> variables = unboundKeys(file);
        ConfigField.of(RunConfig.class).stream().map(ConfigField::key).forEach(variables::remove);
        MapNode root = file.root();
        for (String key : variables) {
            root = root.without(key);
        }
        return root;
    }

    private record Checker(ConfigFile file, RunConfig config, Registry registry, Planner planner, Problems problems) {

        Experiment check() {
            checkWorkflow();
            checkEmpty(config.trainCfg);
            checkEmpty(config.testCfg);
            List<PlannedHook> hooks = new ArrayList<>();
            HookSections.of(config, problems).forEach(node -> hook(node).ifPresent(hooks::add));
            return new Experiment(
                    file,
                    config,
                    plan(config.model, Algorithm.class),
                    plan(config.data.train, Dataset.class),
                    plan(config.data.test != null ? config.data.test : config.data.val, Dataset.class),
                    plan(config.optimizer, Optimizer.class),
                    plan(config.runner, Runner.class),
                    hooks,
                    registry);
        }

        private void checkEmpty(MapNode section) {
            if (section != null && !section.keys().isEmpty()) {
                problems.add(
                        section.location(),
                        section.path(),
                        "expected {}: no key is known here; batches are mixed by train_cfg of the model");
            }
        }

        private Optional<ComponentPlan> plan(MapNode node, Class<?> type) {
            return node == null ? Optional.empty() : planner.plan(node, type);
        }

        private Optional<PlannedHook> hook(MapNode node) {
            OptionalInt priority = node.get("priority").map(this::priority).orElse(OptionalInt.empty());
            return planner.plan(node.without("priority"), Hook.class).map(plan -> new PlannedHook(plan, priority));
        }

        private OptionalInt priority(ConfigNode node) {
            if (node instanceof ScalarNode scalar
                    && scalar.toInt().isPresent()
                    && scalar.toInt().getAsInt() >= 0
                    && scalar.toInt().getAsInt() <= 100) {
                return scalar.toInt();
            }
            if (node instanceof ScalarNode scalar) {
                Optional<Priority> named = Arrays.stream(Priority.values())
                        .filter(p -> p.name().equalsIgnoreCase(scalar.asText()))
                        .findFirst();
                if (named.isPresent()) {
                    return OptionalInt.of(named.get().value());
                }
            }
            problems.add(
                    node,
                    "expected a number from 0 to 100 or one of " + Arrays.toString(Priority.values()) + ", found "
                            + node.describe());
            return OptionalInt.empty();
        }

        private void checkWorkflow() {
            String text = config.workflow == null
                    ? ""
                    : ConfigWriter.toYaml(
                            MapNode.empty(config.workflow.location(), "").with("workflow", config.workflow));
            if (config.workflow != null && !text.replaceAll("[^a-z0-9]", "").equals("workflowtrain1")) {
                problems.add(
                        config.workflow, "the only workflow is [[train, 1]]; held-out data is judged by evaluation");
            }
        }
    }
}
