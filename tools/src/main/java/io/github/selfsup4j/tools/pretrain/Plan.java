package io.github.selfsup4j.tools.pretrain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.io.disk.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was asked for and what was decided on, so that a run that was interrupted goes on as it began.
 *
 * @param asked what was asked for
 * @param batch images in a batch
 * @param epochs how long
 * @param stepSeconds seconds that a step took when it was tried
 * @param classes names by index; empty if the pictures have none
 * @param evaluated whether kNN is measured
 * @param pictures number of pictures to train on
 * @param damaged pictures that can't be read, each with the reason
 */
public record Plan(
        Asked asked,
        int batch,
        int epochs,
        double stepSeconds,
        List<String> classes,
        boolean evaluated,
        int pictures,
        List<String> damaged) {
    private static final String FILE = "pretrain.json";

    /**
     * The options of the command that a run depends on.
     *
     * @param hours how long it may take
     * @param epochs how long instead; null for what the hours allow
     * @param batch null for what fits into memory
     */
    public record Asked(
            String folder, Method method, ModelSize size, double hours, Integer epochs, Integer batch, long seed) {
        private List<String> options() {
            List<String> options = new ArrayList<>(List.of(
                    folder, "--method " + method.key(), "--size " + size.key(), "--hours " + hours, "--seed " + seed));
            if (epochs != null) {
                options.add("--epochs " + epochs);
            }
            if (batch != null) {
                options.add("--batch-size " + batch);
            }
            return options;
        }
    }

    /**
     * The plan of the run in a folder, if one was begun.
     *
     * @throws ConfigException if other things were asked for then
     */
    static Optional<Plan> of(Path out, Asked asked) throws IOException {
        Path file = out.resolve(FILE);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        Plan plan = read(file);
        if (!plan.asked.equals(asked)) {
            List<String> then = new ArrayList<>(plan.asked.options());
            then.removeAll(asked.options());
            List<String> now = new ArrayList<>(asked.options());
            now.removeAll(plan.asked.options());
            throw ConfigException.of(
                    out + " holds a run with " + (then.isEmpty() ? "fewer options" : String.join(" ", then))
                            + ", now it is " + (now.isEmpty() ? "without them" : String.join(" ", now))
                            + "; give the same to go on with it, or another --out");
        }
        return Optional.of(plan);
    }

    private static Plan read(Path file) throws IOException {
        try {
            return new ObjectMapper().readValue(file.toFile(), Plan.class);
        } catch (JsonProcessingException e) {
            throw ConfigException.of(file + " is damaged (" + e.getOriginalMessage()
                    + "); give another --out, or remove it to begin anew");
        }
    }

    /** Keeps the plan in a folder. */
    void write(Path out) throws IOException {
        AtomicFile.write(
                out.resolve(FILE),
                new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
    }
}
