package io.github.selfsup4j.tools.commands;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.config.MapNode;
import io.github.selfsup4j.data.BadImages;
import io.github.selfsup4j.data.Batch;
import io.github.selfsup4j.data.ChannelScaling;
import io.github.selfsup4j.data.DataLoader;
import io.github.selfsup4j.data.Dataset;
import io.github.selfsup4j.data.TrainingData;
import io.github.selfsup4j.experiment.ModelBuilder;
import io.github.selfsup4j.inject.ComponentPlan;
import io.github.selfsup4j.model.Algorithm;
import io.github.selfsup4j.model.AttendsOverPatches;
import io.github.selfsup4j.nn.NoGradient;
import io.github.selfsup4j.nn.Pass;
import io.github.selfsup4j.tools.arguments.ArgumentChecks;
import io.github.selfsup4j.tools.arguments.FrozenArguments;
import io.github.selfsup4j.tools.arguments.ImageArguments;
import io.github.selfsup4j.tools.arguments.PositiveNumber;
import io.github.selfsup4j.tools.attention.AttentionSheet;
import io.github.selfsup4j.tools.pictures.Pictures;
import io.github.selfsup4j.tools.terminal.EverySoMany;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code attention}: what a transformer's layer looks at. */
@Command(
        name = "attention",
        description = "Draws over images what the class token of a vision transformer takes from each patch.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class AttentionCommand implements Callable<Integer> {
    private static final String ALL = "all";

    @Parameters(index = "0", paramLabel = "CONFIG", description = "The config file.")
    Path config;

    @Parameters(
            index = "1",
            paramLabel = "CHECKPOINT",
            description = "The model's weights, or '" + FrozenArguments.RANDOM + "' for untrained ones.")
    Path checkpoint;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "PNG",
            description = "The page to write: a row for every image.")
    Path out;

    @Option(
            names = "--head",
            paramLabel = "N",
            description = "A head to show beside the mean of all: its number from 0, or '" + ALL + "'; default none.")
    String head;

    @Option(
            names = "--token",
            paramLabel = "ROW,COLUMN",
            split = ",",
            arity = "1",
            description = "The patch that looks, from 0,0 at the top left; default the class token.")
    int[] token;

    @Option(
            names = "--num-images",
            paramLabel = "N",
            defaultValue = "8",
            converter = PositiveNumber.class,
            description = "Images at most, evenly spaced (default ${DEFAULT-VALUE}).")
    int count;

    @Mixin
    ImageArguments images;

    @Mixin
    FrozenArguments frozen;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        ArgumentChecks.picture(out);
        try (FrozenArguments.Opened opened = frozen.open(config, checkpoint);
                NoGradient off = new NoGradient()) {
            AttendsOverPatches backbone = backbone(opened);
            int layer = layer(backbone);
            MapNode node = images.choose(opened.data());
            ComponentPlan plan = opened.experiment().plan(node, Dataset.class);
            Optional<ChannelScaling> scaling = plan.children("pipeline").stream()
                    .flatMap(transform -> transform.config("", ChannelScaling.class).stream())
                    .findFirst();
            int shown = draw(opened, opened.model().dataset(node), backbone, layer, scaling);
            spec.commandLine()
                    .getOut()
                    .println(out + ": attention of layer " + layer + " of " + backbone.attentionLayers() + " on "
                            + shown + " images");
        }
        return 0;
    }

    private static AttendsOverPatches backbone(FrozenArguments.Opened opened) {
        return ModelBuilder.parts(opened.model().algorithm().layer(), AttendsOverPatches.class).stream()
                .findFirst()
                .orElseThrow(() -> ConfigException.of("the backbone of "
                        + opened.experiment().model().orElseThrow().entry().name()
                        + " does not attend over patches, as vision transformers do"));
    }

    /** {@code --layer} by number, from the end if negative. */
    private int layer(AttendsOverPatches backbone) {
        int layers = backbone.attentionLayers();
        String asked = frozen.layer == null ? "-1" : frozen.layer.replaceFirst("^layers\\.", "");
        int number = asked.matches("-?\\d{1,6}") ? Integer.parseInt(asked) : Integer.MAX_VALUE;
        number = number < 0 ? number + layers : number;
        if (number < 0 || number >= layers) {
            throw ConfigException.of("--layer " + frozen.layer + ": expected a layer from 0 to " + (layers - 1)
                    + ", or from the end, -1 to -" + layers);
        }
        return number;
    }

    private int draw(
            FrozenArguments.Opened opened,
            Dataset dataset,
            AttendsOverPatches backbone,
            int layer,
            Optional<ChannelScaling> scaling)
            throws Exception {
        Optional<ChannelScaling> inModel = opened.experiment()
                .model()
                .flatMap(model -> model.config("", Algorithm.Settings.class))
                .flatMap(Algorithm.Settings::imageScaling);
        int shown = Math.min(count, dataset.size());
        AttentionSheet sheet = null;
        Dataset some = new EverySoMany(dataset, shown);
        DataLoader.Settings oneByOne = DataLoader.Settings.inOrder(1, 0);
        try (DataLoader loader = new DataLoader(
                        some, oneByOne, BadImages.told(spec.commandLine().getErr()::println));
                TrainingData.Batches batches = loader.epoch(0, 0)) {
            for (int i = 0; batches.hasNext(); i++) {
                try (NDManager scope = opened.model().manager().newSubManager()) {
                    Batch batch = batches.next().toBatch(scope);
                    NDArray image = batch.get("img");
                    float[] values = image.toFloatArray();
                    NDArray weights = backbone.attention(scaled(image, inModel), layer, Pass.evaluation(scope));
                    sheet = sheet == null ? new AttentionSheet(backbone.patchGrid(), heads(weights.getShape())) : sheet;
                    sheet.add(
                            Pictures.of(
                                    values,
                                    (int) image.getShape().get(2),
                                    (int) image.getShape().get(3),
                                    scaling),
                            some.source().describe(i),
                            maps(weights, backbone));
                }
            }
        }
        sheet.write(out);
        return shown;
    }

    /** Some algorithms scale images themselves. */
    private static NDArray scaled(NDArray image, Optional<ChannelScaling> scaling) {
        return scaling.map(scale -> image.sub(channels(scale.mean(), image)).div(channels(scale.std(), image)))
                .orElse(image);
    }

    private static NDArray channels(float[] values, NDArray image) {
        return image.getManager().create(values, new Shape(1, values.length, 1, 1));
    }

    private List<Integer> heads(Shape weights) {
        int heads = (int) weights.get(1);
        if (head == null) {
            return List.of();
        } else if (head.equals(ALL)) {
            return IntStream.range(0, heads).boxed().toList();
        } else if (!head.matches("\\d{1,6}") || Integer.parseInt(head) >= heads) {
            throw ConfigException.of("--head " + head + ": expected a head from 0 to " + (heads - 1) + ", or " + ALL);
        }
        return List.of(Integer.parseInt(head));
    }

    /** What one token takes from each patch, {@code [heads][patches]}. */
    private float[][] maps(NDArray weights, AttendsOverPatches backbone) {
        int tokens = (int) weights.getShape().get(2);
        int from = looking(backbone);
        float[] flat = weights.toFloatArray();
        return IntStream.range(0, (int) weights.getShape().get(1))
                .mapToObj(h ->
                        Arrays.copyOfRange(flat, (h * tokens + from) * tokens + 1, (h * tokens + from + 1) * tokens))
                .toArray(float[][]::new);
    }

    private int looking(AttendsOverPatches backbone) {
        if (token == null) {
            return 0;
        }
        int rows = backbone.patchGrid().height();
        int columns = backbone.patchGrid().width();
        if (token.length != 2 || token[0] < 0 || token[0] >= rows || token[1] < 0 || token[1] >= columns) {
            throw ConfigException.of(
                    "--token: expected ROW,COLUMN of one of " + rows + " x " + columns + " patches, from 0,0");
        }
        return 1 + token[0] * columns + token[1];
    }
}
