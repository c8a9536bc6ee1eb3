package io.github.selfsup4j.hooks;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;

import ai.djl.Device;
import io.github.selfsup4j.optim.ParameterGroup;
import io.github.selfsup4j.runner.LogBuffer;
import io.github.selfsup4j.runner.RunContext;
import io.github.selfsup4j.runner.RunInfo;
import io.github.selfsup4j.runner.RunLog;
import io.github.selfsup4j.runner.StepResult;
import io.github.selfsup4j.runner.StepTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Runs to call hooks with. */
public final class Runs {
    /** Iterations of an epoch. */
    public static final int PER_EPOCH = 7;
    /** Epochs of a run. */
    public static final int EPOCHS = 10;

    private Runs() {}

    /** A run of 10 epochs of 7 iterations, at its start, that writes empty checkpoints. */
    public static RunContext in(Path workDirectory) {
        RunContext run = mock(RunContext.class, CALLS_REAL_METHODS);
        doReturn(EPOCHS).when(run).maxEpochs();
        doReturn((long) EPOCHS * PER_EPOCH).when(run).maxIterations();
        doReturn(PER_EPOCH).when(run).iterationsPerEpoch();
        doReturn(true).when(run).countsEpochs();
        doReturn(workDirectory).when(run).workDirectory();
        doReturn(Device.cpu()).when(run).device();
        doReturn("20260102_030405").when(run).timestamp();
        doReturn(new RunInfo("cae_tiny", 7, "CPU", "model: {}\n")).when(run).info();
        doReturn(mock(RunLog.class)).when(run).log();
        doReturn(new LogBuffer()).when(run).values();
        doReturn(List.of(new ParameterGroup("weight", null, Map.of("lr", 0.0015, "beta1", 0.9))))
                .when(run)
                .parameterGroups();
        doAnswer(call -> write(call.getArgument(0))).when(run).saveCheckpoint(any(), anyBoolean());
        doAnswer(call -> {
                    throw new IllegalStateException(call.<String>getArgument(0));
                })
                .when(run)
                .stop(any());
        return at(run, 0);
    }

    /** Moves a run to an iteration, counted over epochs. */
    public static RunContext at(RunContext run, long iteration) {
        doReturn(iteration).when(run).iteration();
        doReturn((int) (iteration / PER_EPOCH)).when(run).epoch();
        doReturn((int) (iteration % PER_EPOCH)).when(run).innerIteration();
        return run;
    }

    /**
     * Moves a run to the end of an epoch, where iterations are counted on already.
     *
     * @param epoch from 0
     */
    public static RunContext atEndOfEpoch(RunContext run, int epoch) {
        doReturn((long) (epoch + 1) * PER_EPOCH).when(run).iteration();
        doReturn(epoch).when(run).epoch();
        return run;
    }

    /** A step with a loss. */
    public static StepResult step(double loss) {
        return new StepResult(Map.of("loss", loss), OptionalDouble.empty(), 4, new StepTimes(0, 0, 0, 0));
    }

    private static Object write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, file.getFileName().toString());
    }
}
