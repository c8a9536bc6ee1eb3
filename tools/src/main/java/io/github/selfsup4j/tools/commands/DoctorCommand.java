package io.github.selfsup4j.tools.commands;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.Utils;
import io.github.selfsup4j.experiment.Processor;
import io.github.selfsup4j.tools.Main;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code doctor}: says what is in use, and what is wrong. */
@Command(
        name = "doctor",
        description = "Says what engine, native library, device and versions are in use, and what is wrong.",
        mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "Java        %s (%s) in %s%n",
                Runtime.version(), System.getProperty("java.vendor"), System.getProperty("java.home"));
        out.printf(
                "System      %s %s %s, %d cores, %d MB heap at most%n",
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() >> 20);
        try {
            Engine engine = Engine.getEngine("PyTorch");
            out.printf(
                    "Engine      %s %s by DJL %s%n",
                    engine.getEngineName(), engine.getVersion(), Engine.getDjlVersion());
            out.printf("Libraries   %s%n", libraries());
            out.printf(
                    "Threads     %d within an operation, %d between operations%n",
                    JniUtils.getNumThreads(), JniUtils.getNumInteropThreads());
            out.printf(
                    "Devices     cpu%s%n",
                    engine.getGpuCount() == 0
                            ? "; no CUDA device is visible to the engine"
                            : ", " + engine.getGpuCount() + " x cuda");
            out.printf(
                    "Arithmetic  %s; %s%n",
                    arithmetic(),
                    Processor.isFastAtBfloat16()
                            ? "bfloat16 is faster than float32"
                            : "the processor is slower in bfloat16 than in float32");
            out.flush();
            return 0;
        } catch (RuntimeException | LinkageError e) {
            out.printf("Engine      does not start: %s%n", e.getMessage());
            out.println(
                    "            Is a PyTorch native library on the classpath (profile cpu-*), or PYTORCH_LIBRARY_PATH set to one of version 2.7.1? See CUDA in README.md.");
            out.flush();
            return Main.FAILED;
        }
    }

    private static String libraries() {
        String path = Utils.getEnvOrSystemProperty("PYTORCH_LIBRARY_PATH");
        return path == null
                ? "from the jar, unpacked to " + Utils.getEngineCacheDir("pytorch")
                : "in " + path + " (PYTORCH_LIBRARY_PATH)";
    }

    private static String arithmetic() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch");
                NDArray ones = manager.ones(new Shape(64, 64));
                NDArray product = ones.matMul(ones)) {
            return product.sum().getFloat() == 64f * 64 * 64
                    ? "works on " + manager.getDevice()
                    : "is wrong on " + manager.getDevice();
        }
    }
}
