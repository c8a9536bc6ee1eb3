package io.github.selfsup4j.tools.arguments;

import io.github.selfsup4j.config.ConfigReader;
import io.github.selfsup4j.config.MapNode;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.data.BadImages;
import io.github.selfsup4j.data.DataLoader;
import io.github.selfsup4j.embed.BackboneWeights;
import io.github.selfsup4j.embed.TrainedBackbone;
import io.github.selfsup4j.experiment.DataConfig;
import io.github.selfsup4j.experiment.EvaluationData;
import io.github.selfsup4j.experiment.Experiment;
import io.github.selfsup4j.experiment.StartOptions;
import io.github.selfsup4j.features.FeatureExtractor;
import io.github.selfsup4j.features.FeatureLayer;
import io.github.selfsup4j.features.Pooling;
import io.github.selfsup4j.io.disk.FormatException;
import io.github.selfsup4j.io.weights.KeyRule;
import io.github.selfsup4j.runner.RunSettings;
import io.github.selfsup4j.tools.features.FrozenModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every command takes that looks at images with a trained model. */
public final class FrozenArguments {
    /** In place of a checkpoint: the weights that training starts with. */
    public static final String RANDOM = "random";

    @Option(
            names = "--layer",
            paramLabel = "NAME",
            description =
                    "Layer to take features of: its number, or its name such as layers.5 or layer4; default what the model gives.")
    public String layer;

    @Option(
            names = "--pool",
            paramLabel = "P",
            defaultValue = "avg",
            converter = PoolingName.class,
            description =
                    "How a vector comes out of tokens or maps: avg (of patches), cls (the class token), max, none (default ${DEFAULT-VALUE}).")
    Pooling pooling;

    @Option(
            names = "--dataset-config",
            paramLabel = "FILE",
            description =
                    "Config whose data.train, data.val or data.extract to use, as configs/benchmarks/classification/knn_imagenet.yaml.")
    Path datasetConfig;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            converter = PositiveNumber.class,
            description = "Images at a time; default data.samples_per_gpu.")
    Integer batchSize;

    @Option(
            names = "--prefix",
            paramLabel = "P",
            description =
                    "What the names of the backbone's weights start with in the checkpoint; default is to find out.")
    String prefix;

    @Option(
            names = "--revise-keys",
            arity = "1..*",
            paramLabel = "PATTERN=TEXT",
            description = "Renames the checkpoint's weights by regular expressions; default the config's revise_keys.")
    List<String> reviseKeys = List.of();

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "cpu, cuda or cuda:N; default CUDA if there is any.")
    String device;

    @Option(
            names = "--precision",
            paramLabel = "P",
            defaultValue = "fp32",
            description = "fp32, bf16, bf16-always or fp16 (default ${DEFAULT-VALUE}).")
    String precision;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Of random weights and random choices (default ${DEFAULT-VALUE}).")
    public long seed;

    @Mixin
    ConfigArguments arguments;

    @Spec(Spec.Target.MIXEE)
    CommandSpec command;

    /** What a command works with. */
    public record Opened(Experiment experiment, FrozenModel model, EvaluationData data, FeatureExtractor extractor)
            implements AutoCloseable {
        @Override
        public void close() {
            model.close();
        }
    }

    /**
     * Builds a model with a checkpoint's backbone.
     *
     * @param checkpoint a file, or {@value #RANDOM}
     */
    public Opened open(Path config, Path checkpoint) throws IOException {
        boolean random = checkpoint.toString().equals(RANDOM);
        if (!random) {
            ArgumentChecks.existing(checkpoint);
        }
        Experiment experiment = random
                ? arguments.read(config)
                : TrainedBackbone.read(further -> arguments.read(
                        config,
                        Stream.concat(arguments.overrides.stream(), further.stream())
                                .toList()));
        BackboneWeights weights = new BackboneWeights(rules(experiment), Optional.ofNullable(prefix));
        EvaluationData data = data(experiment);
        FrozenModel model = new FrozenModel(experiment, settings(experiment));
        try {
            if (!random) {
                model.load(checkpoint, weights);
            }
            return new Opened(
                    experiment,
                    model,
                    data,
                    new FeatureExtractor(
                            model.kernels(),
                            layer == null ? FeatureLayer.LAST : FeatureLayer.named(layer),
                            pooling,
                            loading(experiment),
                            BadImages.told(command.commandLine().getErr()::println)));
        } catch (IOException | RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private RunSettings settings(Experiment experiment) {
        return experiment.settings(new StartOptions(
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.ofNullable(device),
                Optional.of(precision),
                Optional.of(seed)));
    }

    private EvaluationData data(Experiment experiment) {
        if (datasetConfig == null) {
            return new EvaluationData(experiment.file().root(), false);
        }
        Problems problems = new Problems();
        MapNode root = ConfigReader.read(
                        datasetConfig, List.of(), System.getenv(), arguments.allowed(datasetConfig), problems)
                .root();
        problems.throwIfAny();
        return new EvaluationData(root, true);
    }

    private DataLoader.Settings loading(Experiment experiment) {
        DataConfig config = experiment.config().data;
        return new DataLoader.Settings(
                batchSize == null ? config.samplesPerGpu : batchSize,
                config.workersPerGpu,
                false,
                false,
                0,
                config.maxBadFraction,
                config.workerTimeout);
    }

    private List<KeyRule> rules(Experiment experiment) {
        Stream<KeyRule> configured =
                experiment.config().reviseKeys.stream().map(rule -> KeyRule.of(rule.get(0), rule.get(1)));
        return reviseKeys.isEmpty()
                ? configured.toList()
                : reviseKeys.stream().map(FrozenArguments::rule).toList();
    }

    private static KeyRule rule(String text) {
        int equals = text.lastIndexOf('=');
        if (equals < 0) {
            throw new FormatException("--revise-keys " + text + ": expected PATTERN=TEXT, for example ^module\\.=");
        }
        return KeyRule.of(text.substring(0, equals), text.substring(equals + 1));
    }
}
