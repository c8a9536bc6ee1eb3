package io.github.selfsup4j.tests.jmh;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.selfsup4j.nn.Kernel;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Precision;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A kernel that gives back what it gets: what a call costs beside its arithmetic. */
@State(Scope.Thread)
public class KernelBenchmark {
    private NDManager manager;
    private Kernel kernel;
    private NDArray array;

    @Setup
    public void load() {
        manager = NDManager.newBaseManager("PyTorch");
        kernel = new Kernels(manager, Precision.FP32).load(KernelBenchmark.class, "identity.torchscript", Map.of());
        array = manager.zeros(new Shape(1));
    }

    @TearDown
    public void close() {
        manager.close();
    }

    @Benchmark
    public void call() {
        kernel.call("identity", array).close();
    }
}
