package io.github.selfsup4j.tools.trace;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.selfsup4j.runner.Hook;
import io.github.selfsup4j.runner.Priority;
import io.github.selfsup4j.runner.RunContext;
import io.github.selfsup4j.runner.StepResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Writes every loss and gradient norm of a run's steps to {@code losses.json}. */
final class StepLosses implements Hook {
    private final ObjectMapper json = new ObjectMapper();
    private final ObjectNode root = json.createObjectNode();
    private final ArrayNode steps = root.putArray("steps");
    private final Path folder;

    StepLosses(Path folder) {
        this.folder = folder;
    }

    @Override
    public Priority priority() {
        return Priority.LOWEST;
    }

    @Override
    public void afterTrainIter(RunContext run, StepResult step) {
        ObjectNode node = steps.addObject();
        step.losses().forEach(node::put);
        step.gradientNorm().ifPresent(norm -> node.put("grad_norm", norm));
    }

    @Override
    public void afterRun(RunContext run) {
        try {
            json.writerWithDefaultPrettyPrinter()
                    .writeValue(folder.resolve("losses.json").toFile(), root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
