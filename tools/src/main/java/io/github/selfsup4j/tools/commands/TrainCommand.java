package io.github.selfsup4j.tools.commands;

import io.github.selfsup4j.experiment.Experiment;
import io.github.selfsup4j.experiment.StartOptions;
import io.github.selfsup4j.runner.Hook;
import io.github.selfsup4j.tools.Main;
import io.github.selfsup4j.tools.arguments.ConfigArguments;
import io.github.selfsup4j.tools.terminal.Console;
import io.github.selfsup4j.tools.terminal.ResourcesHook;
import io.github.selfsup4j.tools.terminal.Trainer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code train}: trains what a config describes. */
@Command(
        name = "train",
        description = "Trains what a config describes.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class TrainCommand implements Callable<Integer> {
    @Parameters(paramLabel = "CONFIG", description = "The config file.")
    Path config;

    @Option(
            names = "--work-dir",
            paramLabel = "DIR",
            description = "Folder of the run; default work_dirs/<name of the config>.")
    Path workDir;

    @Option(names = "--resume-from", paramLabel = "FILE", description = "Continues the run of a checkpoint.")
    Path resumeFrom;

    @Option(
            names = "--auto-resume",
            description = "Continues from the newest checkpoint of the work directory, if there is one.")
    boolean autoResume;

    @Option(
            names = "--allow-changes",
            description =
                    "Resumes with what fits, though the config has changed in what a run can't change on its way: weights that fit, the optimizer anew if its state does not fit, the same fraction of an epoch.")
    boolean allowChanges;

    @Option(names = "--load-from", paramLabel = "FILE", description = "Starts from the weights of a checkpoint.")
    Path loadFrom;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "cpu, cuda or cuda:N; default CUDA if there is any.")
    String device;

    @Option(
            names = "--precision",
            paramLabel = "P",
            description =
                    "fp32, bf16 (on processors fast at it, otherwise fp32), bf16-always or fp16; default what the config's fp16 section means.")
    String precision;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of everything random.")
    Long seed;

    @Spec
    CommandSpec spec;

    @Mixin
    ConfigArguments arguments;

    @ParentCommand
    Main main;

    @Override
    public Integer call() throws Exception {
        Experiment experiment = arguments.read(config);
        StartOptions options = new StartOptions(
                Optional.ofNullable(workDir),
                Optional.ofNullable(resumeFrom),
                autoResume,
                Optional.ofNullable(loadFrom),
                Optional.ofNullable(device),
                Optional.ofNullable(precision),
                Optional.ofNullable(seed),
                allowChanges);
        List<Hook> hooks = main.debug ? List.of(new ResourcesHook()) : List.of();
        return Trainer.train(
                experiment,
                options,
                hooks,
                new Console(spec.commandLine().getOut()),
                spec.commandLine().getErr());
    }
}
