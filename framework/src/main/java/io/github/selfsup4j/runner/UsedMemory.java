package io.github.selfsup4j.runner;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Memory that training takes, in MB (2^20 bytes): on the CPU what this process holds of main memory, native arrays and
 * all; on a GPU what is taken of the GPU's, by whichever process. The engine gives nothing of it back while it runs, so
 * there the value is also the peak.
 */
public final class UsedMemory {
    private static final Path STATUS = Path.of("/proc/self/status");

    private UsedMemory() {}

    /** Now; empty where the system does not tell (it is not Linux). */
    public static OptionalLong megabytes(Device device) {
        return device.isGpu() ? ofGpu(device) : ofProcess("VmRSS:");
    }

    /** At most, so far; empty where the system does not tell (it is not Linux). */
    public static OptionalLong peakMegabytes(Device device) {
        return device.isGpu() ? ofGpu(device) : ofProcess("VmHWM:");
    }

    private static OptionalLong ofGpu(Device device) {
        return OptionalLong.of(CudaUtils.getGpuMemory(device).getCommitted() >> 20);
    }

    private static OptionalLong ofProcess(String field) {
        if (!Files.exists(STATUS)) {
            return OptionalLong.empty();
        }
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(field))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
