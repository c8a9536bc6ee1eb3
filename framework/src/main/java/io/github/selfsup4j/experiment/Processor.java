package io.github.selfsup4j.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** What the processor of this machine is fast at. */
public final class Processor {
    private static final Path DESCRIPTION = Path.of("/proc/cpuinfo");

    private Processor() {}

    /**
     * Whether products of bfloat16 numbers are faster than those of float32: with Intel's and AMD's matrix units
     * ({@code amx_bf16}) and Arm's bfloat16 instructions. AVX-512's ({@code avx512_bf16}) are slower than float32's.
     * Where the system doesn't tell, the answer is yes, so that bfloat16 is computed where it is asked for.
     */
    public static boolean isFastAtBfloat16() {
        try {
            return !Files.isReadable(DESCRIPTION) || isFastAtBfloat16(Files.readAllLines(DESCRIPTION));
        } catch (IOException unreadable) {
            return true;
        }
    }

    static boolean isFastAtBfloat16(List<String> description) {
        List<Set<String>> features = description.stream()
                .filter(line -> line.matches("(flags|Features)\\s*:.*"))
                .map(line -> Set.of(line.substring(line.indexOf(':') + 1).trim().split("\\s+")))
                .toList();
        return features.isEmpty()
                || features.stream().allMatch(set -> set.contains("amx_bf16") || set.contains("bf16"));
    }
}
