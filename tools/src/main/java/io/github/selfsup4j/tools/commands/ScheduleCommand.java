package io.github.selfsup4j.tools.commands;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.selfsup4j.experiment.Experiment;
import io.github.selfsup4j.tools.arguments.ArgumentChecks;
import io.github.selfsup4j.tools.arguments.ConfigArguments;
import io.github.selfsup4j.tools.arguments.PositiveNumber;
import io.github.selfsup4j.tools.schedule.ScheduleChart;
import io.github.selfsup4j.tools.schedule.ScheduleTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code schedule}: learning rate and momentum of every iteration, without model or data. */
@Command(
        name = "schedule",
        description = "Learning rate and momentum of every iteration and group, without model or data.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class ScheduleCommand implements Callable<Integer> {
    @Parameters(paramLabel = "CONFIG", description = "The config file; it needs runner, optimizer and schedules only.")
    Path config;

    @Option(
            names = "--iters-per-epoch",
            paramLabel = "M",
            defaultValue = "100",
            converter = PositiveNumber.class,
            description = "Iterations to an epoch (default ${DEFAULT-VALUE}).")
    int iterationsPerEpoch;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Writes the numbers as JSON: lr and momentum, by iteration and group.")
    Path json;

    @Option(names = "--out", paramLabel = "FILE.png", description = "Draws learning rate and momentum.")
    Path out;

    @Mixin
    ConfigArguments arguments;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Experiment experiment = arguments.read(config);
        ScheduleTable table = ScheduleTable.of(experiment, iterationsPerEpoch);
        if (json != null) {
            writeJson(table, ArgumentChecks.writable(json));
        }
        if (out != null) {
            ScheduleChart.write(table, experiment.name(), ArgumentChecks.picture(out));
        }
        if (json == null && out == null) {
            print(table, spec.commandLine().getOut());
        }
        return 0;
    }

    private static void writeJson(ScheduleTable table, Path file) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        mapper.writeValue(
                file.toFile(),
                mapper.createObjectNode()
                        .put("iters_per_epoch", table.iterationsPerEpoch())
                        .putPOJO("groups", table.groups())
                        .putPOJO("lr", table.lr())
                        .putPOJO("momentum", table.momentum()));
    }

    private void print(ScheduleTable table, PrintWriter out) {
        out.println("iteration\tlr " + table.groups() + "\tmomentum");
        for (int i = 0; i < table.lr().size(); i++) {
            out.println(i + "\t" + table.lr().get(i) + "\t" + table.momentum().get(i));
        }
        out.flush();
    }
}
