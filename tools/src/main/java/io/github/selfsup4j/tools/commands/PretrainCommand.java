package io.github.selfsup4j.tools.commands;

import ai.djl.engine.Engine;
import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.tools.arguments.ArgumentChecks;
import io.github.selfsup4j.tools.arguments.PositiveNumber;
import io.github.selfsup4j.tools.pictures.Fonts;
import io.github.selfsup4j.tools.pretrain.ImageFolder;
import io.github.selfsup4j.tools.pretrain.Method;
import io.github.selfsup4j.tools.pretrain.ModelSize;
import io.github.selfsup4j.tools.pretrain.Plan;
import io.github.selfsup4j.tools.pretrain.Pretraining;
import io.github.selfsup4j.tools.terminal.Console;
import io.github.selfsup4j.tools.terminal.Trainer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pretrain}: from a folder of pictures to a backbone. */
@Command(
        name = "pretrain",
        description = {
            "Pretrains a backbone on a folder of pictures without labels, and writes it, embeddings and a report.",
            "If it was interrupted, the same command goes on."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class PretrainCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "FOLDER",
            description = {
                "The pictures, in this folder and those below it. If all lie in sub-folders,",
                "these are taken for classes when the result is judged, not in training."
            })
    Path folder;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for everything that is made.")
    Path out;

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            defaultValue = "cae",
            description = "cae, mae or byol (default ${DEFAULT-VALUE}).")
    Method method;

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            description = "tiny, small or base; default small with CUDA, tiny without.")
    ModelSize size;

    @Option(
            names = "--hours",
            paramLabel = "H",
            defaultValue = "1",
            description = "How long to train at most; decides on the number of epochs (default ${DEFAULT-VALUE}).")
    double hours;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            converter = PositiveNumber.class,
            description = "Epochs to train, in place of --hours.")
    Integer epochs;

    @Option(
            names = "--batch-size",
            paramLabel = "B",
            converter = PositiveNumber.class,
            description = "Pictures in a batch; default what fits into memory. The learning rate follows.")
    Integer batchSize;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "cpu, cuda or cuda:N; default CUDA if there is any.")
    String device;

    @Option(
            names = "--precision",
            paramLabel = "P",
            description = {
                "fp32, bf16, bf16-always or fp16;",
                "default fp32 for tiny, and for others fp16 on CUDA and bf16 on processors that are fast at it."
            })
    String precision;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Seed of everything random (default ${DEFAULT-VALUE}).")
    long seed;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (!(hours > 0)) {
            throw ConfigException.of("--hours " + hours + ": expected a positive number");
        }
        Fonts.require();
        Console console = new Console(spec.commandLine().getOut());
        Path pictureFolder = folder.toAbsolutePath().normalize();
        Plan.Asked asked = new Plan.Asked(
                pictureFolder.toString(), method, size == null ? usualSize() : size, hours, epochs, batchSize, seed);
        ImageFolder pictures = ImageFolder.scan(pictureFolder);
        Pretraining pretraining = new Pretraining(
                asked,
                ArgumentChecks.folder(out).toAbsolutePath().normalize(),
                Optional.ofNullable(device),
                Optional.ofNullable(precision),
                console::line);
        Plan plan = pretraining.prepare(pictures);
        int exitCode = Trainer.train(
                pretraining.experiment(),
                pretraining.options(),
                List.of(),
                console,
                spec.commandLine().getErr());
        if (exitCode == 0) {
            pretraining.finish(plan);
        }
        return exitCode;
    }

    private ModelSize usualSize() {
        boolean cuda = device == null ? Engine.getEngine("PyTorch").getGpuCount() > 0 : !device.equals("cpu");
        return cuda ? ModelSize.SMALL : ModelSize.TINY;
    }
}
