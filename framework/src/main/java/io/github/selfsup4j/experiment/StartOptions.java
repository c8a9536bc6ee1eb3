package io.github.selfsup4j.experiment;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the command line says about a run besides its config, and over it.
 *
 * @param workDir folder of the run
 * @param resumeFrom checkpoint of a run to continue
 * @param autoResume continue from the newest checkpoint of the work directory, if there is one
 * @param loadFrom checkpoint whose weights to start from
 * @param device {@code cpu}, {@code cuda} or {@code cuda:N}
 * @param precision {@code fp32}, {@code bf16}, {@code bf16-always} or {@code fp16}
 * @param seed of everything random
 * @param allowChanges resume with what fits, whatever has changed
 */
public record StartOptions(
        Optional<Path> workDir,
        Optional<Path> resumeFrom,
        boolean autoResume,
        Optional<Path> loadFrom,
        Optional<String> device,
        Optional<String> precision,
        Optional<Long> seed,
        boolean allowChanges) {

    /** For commands that resume nothing, or only what fits. */
    public StartOptions(
            Optional<Path> workDir,
            Optional<Path> resumeFrom,
            boolean autoResume,
            Optional<Path> loadFrom,
            Optional<String> device,
            Optional<String> precision,
            Optional<Long> seed) {
        this(workDir, resumeFrom, autoResume, loadFrom, device, precision, seed, false);
    }

    /** The same with a seed, unless there is one. */
    public StartOptions orSeed(long seed) {
        return this.seed.isPresent()
                ? this
                : new StartOptions(
                        workDir, resumeFrom, autoResume, loadFrom, device, precision, Optional.of(seed), allowChanges);
    }
}
