package io.github.selfsup4j.tools.commands;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.selfsup4j.experiment.Experiment;
import io.github.selfsup4j.experiment.StartOptions;
import io.github.selfsup4j.runner.RunSettings;
import io.github.selfsup4j.tools.arguments.ArgumentChecks;
import io.github.selfsup4j.tools.arguments.ConfigArguments;
import io.github.selfsup4j.tools.reconstruct.Reconstruction;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code reconstruct}: pictures of what a model makes of the hidden parts of images. */
@Command(
        name = "reconstruct",
        description = "Shows images, what of them is hidden, and what a model makes of that.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class ReconstructCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "CONFIG",
            description = "The config file; its training pipeline prepares the images.")
    Path config;

    @Parameters(index = "1", paramLabel = "CHECKPOINT", description = "The model's weights.")
    Path checkpoint;

    @Option(
            names = "--images",
            required = true,
            arity = "1..*",
            paramLabel = "FILE",
            description = "Picture files, or folders of them.")
    List<Path> images;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "PNG",
            description = "The page to write: a row for every image.")
    Path out;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "cpu, cuda or cuda:N; default CUDA if there is any.")
    String device;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Decides on crops and on what is hidden (default ${DEFAULT-VALUE}).")
    long seed;

    @Mixin
    ConfigArguments arguments;

    @Override
    public Integer call() throws Exception {
        ArgumentChecks.existing(checkpoint);
        ArgumentChecks.picture(out);
        Experiment experiment = arguments.read(
                config,
                Stream.concat(arguments.overrides.stream(), Stream.of(imagesToShow()))
                        .toList());
        RunSettings settings = experiment.settings(new StartOptions(
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.ofNullable(device),
                Optional.of("fp32"),
                Optional.of(seed)));
        new Reconstruction(experiment, settings).write(checkpoint, out);
        return 0;
    }

    /** In place of the images to train on. */
    private String imagesToShow() throws JsonProcessingException {
        String paths = new ObjectMapper()
                .writeValueAsString(images.stream().map(Path::toString).toList());
        return "data.train.data_source={type: ImagePaths, paths: " + paths.replace("${", "$${") + ", _delete_: true}";
    }
}
