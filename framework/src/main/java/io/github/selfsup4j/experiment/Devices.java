package io.github.selfsup4j.experiment;

import ai.djl.Device;
import ai.djl.engine.Engine;
import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.nn.Precision;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Chooses device and precision of a run. */
final class Devices {
    private static final Pattern CUDA = Pattern.compile("(?:cuda|gpu)(?::(\\d+))?");

    private Devices() {}

    /**
     * The device of a name; without one, CUDA if there is any.
     *
     * @throws ConfigException if there is no such device
     */
    static Device device(Optional<String> name) {
        int gpus = Engine.getEngine("PyTorch").getGpuCount();
        if (name.isEmpty()) {
            return gpus > 0 ? Device.gpu(0) : Device.cpu();
        }
        if (name.get().equals("cpu")) {
            return Device.cpu();
        }
        Matcher cuda = CUDA.matcher(name.get());
        if (!cuda.matches()) {
            throw ConfigException.of("unknown device '" + name.get() + "'; expected cpu, cuda or cuda:N");
        }
        int number = cuda.group(1) == null ? 0 : Integer.parseInt(cuda.group(1));
        if (number >= gpus) {
            throw ConfigException.of("device " + name.get() + " was asked for, but the engine finds "
                    + (gpus == 0 ? "no CUDA device" : gpus + " CUDA devices")
                    + "; use --device cpu, or see 'tools/selfsup doctor' and CUDA in README.md");
        }
        return Device.gpu(number);
    }

    /**
     * The precision of a name; without one, what the {@code fp16} section means on that device. {@code bf16} is leave
     * to compute in bfloat16, made use of where that is faster; {@code bf16-always} computes in it anywhere.
     */
    static Precision precision(Optional<String> name, boolean fp16, Device device, boolean fastAtBfloat16) {
        String asked = name.map(given -> given.toLowerCase(Locale.ROOT))
                .orElse(!fp16 ? "fp32" : device.isGpu() ? "fp16" : "bf16");
        return switch (asked) {
            case "fp32" -> Precision.FP32;
            case "bf16" -> device.isGpu() || fastAtBfloat16 ? Precision.BF16 : Precision.FP32;
            case "bf16-always" -> Precision.BF16;
            case "fp16" -> {
                if (!device.isGpu()) {
                    throw ConfigException.of("precision fp16 needs CUDA; on the CPU use bf16");
                }
                yield Precision.FP16;
            }
            default ->
                throw ConfigException.of(
                        "unknown precision '" + name.get() + "'; expected one of [fp32, bf16, bf16-always, fp16]");
        };
    }
}
