package io.github.selfsup4j.tools.terminal;

import com.sun.management.UnixOperatingSystemMXBean;
import io.github.selfsup4j.runner.Hook;
import io.github.selfsup4j.runner.Priority;
import io.github.selfsup4j.runner.RunContext;
import io.github.selfsup4j.runner.StepResult;
import java.lang.management.ManagementFactory;

/**
 * With {@code --debug}, logs what a run holds between iterations: {@code native_arrays}, {@code threads} and, where the
 * system tells, {@code open_files}. What grows for long is a leak.
 */
public final class ResourcesHook implements Hook {

    /** Before the loggers. */
    @Override
    public Priority priority() {
        return Priority.LOW;
    }

    @Override
    public void afterTrainIter(RunContext run, StepResult step) {
        run.values().add("native_arrays", (double) NativeArrays.count(run.manager()));
        run.values().add("threads", ManagementFactory.getThreadMXBean().getThreadCount());
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            run.values().add("open_files", (double) system.getOpenFileDescriptorCount());
        }
    }
}
