package io.github.selfsup4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Loads kernels: functions in TorchScript, written as text in resource files beside the layer they belong to. A file
 * holds methods that call each other and those of {@code common.torchscript} through {@code self}; {@code $name} stands
 * for a constant that the layer gives. Casts to the type of {@link Precision} happen inside, so arrays outside kernels
 * are float32.
 *
 * <pre>{@code
 * Kernel layer = kernels.load(EncoderLayer.class, "encoder_layer.torchscript", Map.of("heads", 12));
 * NDArray y = layer.call("encoder_layer", x, weight, bias);
 * }</pre>
 *
 * <p>TorchScript's optimizer is switched off for the calling threads: it would run the first calls in another way than
 * later ones, and a resumed run would no longer equal an uninterrupted one.
 */
public final class Kernels {
    /**
     * How {@code attend} is computed: CUDA has it fused; on the CPU three operators are faster at the lengths of masked
     * images.
     */
    enum Attention {
        OPERATORS("attention_operators.torchscript"),
        FUSED("attention_fused.torchscript");

        private final String file;

        Attention(String file) {
            this.file = file;
        }
    }

    /**
     * How {@code conv2d} is computed. Where a virtual machine hides the sizes of the processor's caches, the engine's
     * convolutions (oneDNN 3.7) are laid out wrongly: numbers that are wrong or not finite, or a division by zero that
     * ends the process.
     */
    public enum Convolution {
        /** By the engine's own choice. */
        ENGINE("convolution_engine.torchscript"),
        /** As products of matrices: half as fast, and right everywhere. */
        DIRECT("convolution_direct.torchscript");

        private final String file;

        Convolution(String file) {
            this.file = file;
        }

        private static Convolution rightFor(Kernels kernels) {
            if (kernels.manager.getDevice().isGpu()) {
                return ENGINE;
            }
            String check = text(Kernels.class, "convolution_check.torchscript");
            try (NDArray wrong =
                    kernels.compile("convolution_check", check, call -> {}).call("wrong")) {
                return wrong.getFloat() == 0 ? ENGINE : DIRECT;
            }
        }
    }

    private static final String CONVOLVES = "self.conv";
    private static final Pattern CONSTANT = Pattern.compile("\\$([a-z_0-9]+)");

    private final PtNDManager manager;
    private final Precision precision;
    private final Attention attention;
    private Optional<Convolution> convolution;
    private final NDArray none;
    private final Consumer<KernelCall> observer;
    private final Map<String, Kernel> loaded = new ConcurrentHashMap<>();

    /**
     * @param manager the owner of the compiled functions
     * @param precision the arithmetic inside
     */
    public Kernels(NDManager manager, Precision precision) {
        this(manager, precision, call -> {});
    }

    /**
     * As {@link #Kernels(NDManager, Precision)}.
     *
     * @param observer told of every call after it was made
     */
    public Kernels(NDManager manager, Precision precision, Consumer<KernelCall> observer) {
        this(manager, precision, observer, Optional.empty());
    }

    /**
     * As {@link #Kernels(NDManager, Precision, Consumer)}.
     *
     * @param convolution how convolutions are computed; empty for the way that is right on this processor
     */
    public Kernels(
            NDManager manager, Precision precision, Consumer<KernelCall> observer, Optional<Convolution> convolution) {
        this(
                manager,
                precision,
                observer,
                convolution,
                manager.getDevice().isGpu() ? Attention.FUSED : Attention.OPERATORS);
    }

    Kernels(
            NDManager manager,
            Precision precision,
            Consumer<KernelCall> observer,
            Optional<Convolution> convolution,
            Attention attention) {
        this.convolution = convolution;
        this.attention = attention;
        this.observer = observer;
        this.manager = (PtNDManager) manager;
        this.precision = precision;
        this.none = manager.zeros(new Shape(0));
        JniUtils.setGraphExecutorOptimize(false);
    }

    /** The arithmetic inside. */
    public Precision precision() {
        return precision;
    }

    /** An empty array: what an absent bias, scale or mask is to the functions of {@code common.torchscript}. */
    public NDArray none() {
        return none;
    }

    /**
     * Compiles a file, once for every set of constants.
     *
     * @param owner the class beside which the resource lies
     * @param file its name
     * @param constants what {@code $name} stands for
     */
    public Kernel load(Class<?> owner, String file, Map<String, ? extends Number> constants) {
        String own = text(owner, file);
        String source = substitute(common(own.contains(CONVOLVES)) + own, file, constants);
        return loaded.computeIfAbsent(source, missing -> compile(file.replaceFirst("\\..*", ""), missing, observer));
    }

    private synchronized String common(boolean convolves) {
        if (convolves && convolution.isEmpty()) {
            convolution = Optional.of(Convolution.rightFor(this));
        }
        return text(Kernels.class, "common.torchscript")
                + text(Kernels.class, attention.file)
                + text(Kernels.class, convolution.orElse(Convolution.ENGINE).file);
    }

    private Kernel compile(String name, String source, Consumer<KernelCall> observer) {
        try {
            long handle = JniUtils.loadModuleHandle(KernelArchive.of(source), manager.getDevice(), false, false);
            return new Kernel(name, source, new PtSymbolBlock(manager, handle), manager, observer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String substitute(String source, String file, Map<String, ? extends Number> constants) {
        Matcher matcher = CONSTANT.matcher(source);
        return matcher.replaceAll(found -> {
            String name = found.group(1);
            Object value = name.equals("compute") ? precision.scalarType() : constants.get(name);
            if (value == null) {
                throw new IllegalArgumentException(file + " uses $" + name + ", given are " + constants.keySet());
            }
            return value.toString();
        });
    }

    private static String text(Class<?> owner, String file) {
        try (InputStream in = owner.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource " + file + " beside " + owner.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
