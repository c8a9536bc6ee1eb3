package io.github.selfsup4j.tools.complexity;

import ai.djl.pytorch.jni.JniUtils;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Has the engine write down what it runs, with the shapes of all arrays. */
final class OperationTrace {
    private OperationTrace() {}

    /** The operations of some work on this thread, in the order of their starts, the outer before its parts. */
    static List<Operation> of(Runnable work) throws IOException {
        Path file = Files.createTempFile("operations", ".json");
        try {
            JniUtils.startProfile(false, true, false);
            try {
                work.run();
            } finally {
                JniUtils.stopProfile(file.toString());
            }
            return read(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static List<Operation> read(Path file) throws IOException {
        List<Operation> operations = new ArrayList<>();
        for (JsonNode event : new ObjectMapper().readTree(file.toFile())) {
            double start = event.path("ts").asDouble();
            List<List<Long>> shapes = new ArrayList<>();
            event.path("shape").forEach(shape -> {
                List<Long> sizes = new ArrayList<>();
                shape.forEach(size -> sizes.add(size.asLong()));
                shapes.add(sizes);
            });
            String name = event.path("name").asText();
            operations.add(new Operation(
                    name, start, start + event.path("dur").asDouble(), OperationArguments.of(name, shapes)));
        }
        operations.sort(Comparator.comparingDouble(Operation::start)
                .thenComparing(Comparator.comparingDouble(Operation::end).reversed()));
        return operations;
    }
}
