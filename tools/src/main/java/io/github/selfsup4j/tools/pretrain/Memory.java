package io.github.selfsup4j.tools.pretrain;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** How much memory there is to train in. */
final class Memory {
    private static final Path SYSTEM = Path.of("/proc/meminfo");

    private Memory() {}

    /** Megabytes that are free on a device: those of a GPU, or of the computer or container. */
    static long freeMegabytes(Device device) {
        if (device.isGpu()) {
            MemoryUsage usage = CudaUtils.getGpuMemory(device);
            return (usage.getMax() - usage.getCommitted()) >> 20;
        }
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return Math.min(
                system.getTotalMemorySize() >> 20, available().orElseGet(() -> system.getFreeMemorySize() >> 20));
    }

    /** What Linux would give without swapping; its free memory alone leaves out what only caches files. */
    private static OptionalLong available() {
        try {
            return !Files.isReadable(SYSTEM)
                    ? OptionalLong.empty()
                    : Files.readAllLines(SYSTEM).stream()
                            .filter(line -> line.startsWith("MemAvailable:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                            .findFirst();
        } catch (IOException unreadable) {
            return OptionalLong.empty();
        }
    }
}
